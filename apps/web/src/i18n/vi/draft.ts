export const draft = {
  choose: 'Chọn…',
} as const;
