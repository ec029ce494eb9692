/** What is noted about an envelope as it came (Decree 30/2020 art. 21: whatever is amiss is noted at once). */
export const envelopeMarks = [
  /** Chỉ người có tên mới được bóc bì: passed on unopened, registered by what stands outside. */
  'ADDRESSEE_ONLY',
  /** Bì rách, hỏng. */
  'DAMAGED',
  /** Bì có dấu hiệu đã bị bóc. */
  'OPENED_BEFORE',
  /** Bì không có niêm phong. */
  'WITHOUT_SEAL',
] as const;
export type EnvelopeMark = (typeof envelopeMarks)[number];

/** Type code of a paper of people who write no official documents: letters, petitions, invoices. */
export const otherPaperType = 'KHAC';
export const otherPaperTypeName = { name: 'Giấy tờ khác', en: 'Other paper' } as const;
