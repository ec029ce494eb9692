export const outgoing = {
  title: 'Văn bản đi',
  empty: 'Chưa có văn bản nào. Người soạn thảo bắt đầu ở mục "Soạn văn bản".',
  anyState: 'Mọi trạng thái',
  search: 'Tìm văn bản đã vào sổ, không cần dấu',
  emptyState: 'Không có văn bản nào ở trạng thái này. Chọn trạng thái khác.',
  notFound: 'Không có văn bản nào trong sổ khớp với từ đã nhập. Thử ít từ hơn.',
  column: {
    symbol: 'Số, ký hiệu',
    date: 'Ngày ban hành',
    abstract: 'Tên loại và trích yếu',
    state: 'Trạng thái',
    changed: 'Thay đổi',
  },
  noNumber: 'chưa có số',
  noAbstract: '(không ghi trích yếu)',
} as const;
