export const help = {
  label: 'Trợ giúp',
  hints: 'Hiện gợi ý dưới các ô',
  views: {
    label: 'Trang đã lưu',
    save: 'Lưu trang đang lọc',
    remove: 'Xóa trang đã lưu này',
    name: 'Tên trong trình đơn',
    nameHint: 'Chỉ lưu điều kiện lọc, không lưu kết quả. Chỉ mình bạn thấy.',
  },
  keys: {
    title: 'Phím tắt',
    on: 'Dùng phím tắt một ký tự',
    onHint: 'Tắt đi nếu bạn điều khiển bằng giọng nói hoặc hay chạm nhầm phím.',
    help: 'Danh sách phím tắt này',
    search: 'Đến ô tìm kiếm',
    next: 'Dòng sau trong danh sách',
    previous: 'Dòng trước trong danh sách',
    close: 'Đóng hộp thoại hoặc trình đơn',
    escape: 'Esc',
    goTo: 'Đến trang {{page}}',
  },
  tour: {
    label: 'Giới thiệu Sealpost',
    at: '({{step}}/{{steps}})',
    open: 'Mở trang',
    on: 'Phần sau',
    back: 'Phần trước',
    end: 'Kết thúc giới thiệu',
    step: {
      screen: {
        title: 'Màn hình của bạn',
        text: 'Dải trên cùng ghi độ mật cao nhất đang hiện trên màn hình. Chuông báo những việc vừa đến; tên bạn ở góc phải mở ngôn ngữ, nền và trợ giúp.',
      },
      work: {
        title: 'Việc của tôi',
        text: 'Mọi văn bản đang chờ bạn, xếp theo việc phải làm. Chọn một dòng để xem văn bản ngay cạnh nút quyết định.',
      },
      draft: {
        title: 'Soạn văn bản',
        text: 'Kéo tệp vào bất cứ đâu trên trang; hệ thống đọc trích yếu, loại và người ký từ tệp PDF để bạn kiểm tra lại.',
      },
      incoming: {
        title: 'Văn bản đến',
        text: 'Mỗi văn bản đến có kết quả kiểm tra chữ ký bằng lời. Đọc từng dòng trước khi tiếp nhận hoặc từ chối.',
      },
      registers: {
        title: 'Sổ đăng ký',
        text: 'Sổ văn bản đi, đến và xử lý, xem theo năm, in và bàn giao được.',
      },
      keys: {
        title: 'Làm nhanh bằng bàn phím',
        text: 'Nhấn ? để xem các phím tắt. Phần giới thiệu này, phím tắt và gợi ý có trong trình đơn dưới tên bạn.',
      },
    },
  },
} as const;
