export const search = {
  title: 'Tra cứu',
  words: 'Từ cần tìm',
  hint: 'Trích yếu, số ký hiệu, tên cơ quan…',
  clear: 'Xóa từ đã gõ',
  kind: {
    label: 'Chiều',
    all: 'Đi và đến',
    outgoing: 'Văn bản đi',
    incoming: 'Văn bản đến',
  },
  agency: 'Nơi gửi, nơi nhận',
  type: 'Tên loại văn bản',
  anyType: 'Mọi loại',
  searching: 'Đang tìm…',
  found_other: 'Tìm thấy {{count}} văn bản, mới nhất ở trên',
  foundFirst_other: '{{count}} văn bản mới nhất',
  results: 'Văn bản tìm thấy',
  arrival: 'số đến {{number}} ngày {{day}}',
  sender: 'Nơi gửi: {{name}}',
  start: {
    title: 'Gõ để tìm trong các sổ đăng ký',
    text: 'Không cần dấu: "hoa toc" tìm được "Hỏa tốc". Từ cuối có thể gõ dở. Văn bản mật không có ở đây.',
  },
  none: {
    title: 'Không tìm thấy văn bản nào',
    text: 'Mọi từ đã gõ đều phải có trong văn bản: thử bớt từ, bỏ bộ lọc hoặc nới khoảng ngày. Văn bản chưa có số và văn bản mật không có ở đây.',
  },
} as const;
