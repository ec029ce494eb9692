export const pdf = {
  pageOf: 'Trang {{page}}/{{pages}}',
  page: 'Trang {{page}}',
  smaller: 'Thu nhỏ',
  larger: 'Phóng to',
  fit: 'Vừa khung',
} as const;
