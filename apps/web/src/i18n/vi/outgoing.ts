export const outgoing = {
  title: 'Văn bản đi',
  empty: 'Chưa có văn bản nào. Người soạn thảo bắt đầu ở mục "Soạn văn bản".',
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
