import type { Basis } from './citation';
import { assumed, fromMemory } from './citation';
import { dayOfLunarCalendar } from './lunar-calendar';

const labourCode = 'Labour Code 45/2019/QH14 art. 112';

/** A public holiday as the law names it; `days` gives its days in a year as `YYYY-MM-DD`. */
export interface HolidayRule {
  readonly vi: string;
  readonly en: string;
  readonly days: (year: number) => readonly string[];
  readonly basis: Basis;
}

/** What the Prime Minister decides for one year (Labour Code art. 112.3), and working days moved to a Saturday. */
export interface YearlyDecision {
  readonly year: number;
  /** How many of the five days of Tết lie before its first day. */
  readonly tetDaysBefore: 1 | 2;
  /** Whether the day beside 2 September is the day before or after it. */
  readonly besideNationalDay: 'before' | 'after';
  /** Working days given off, and the rest days worked for them. */
  readonly moved: readonly { readonly off: string; readonly worked: string }[];
  readonly basis: Basis;
}

const decisions: readonly YearlyDecision[] = [
  {
    year: 2024,
    tetDaysBefore: 2,
    besideNationalDay: 'after',
    moved: [{ off: '2024-04-29', worked: '2024-05-04' }],
    basis: fromMemory('Prime Minister’s decisions on the holidays of 2024'),
  },
  {
    year: 2025,
    tetDaysBefore: 2,
    besideNationalDay: 'before',
    moved: [{ off: '2025-05-02', worked: '2025-04-26' }],
    basis: fromMemory('Prime Minister’s decisions on the holidays of 2025'),
  },
  {
    year: 2026,
    tetDaysBefore: 1,
    besideNationalDay: 'before',
    moved: [
      { off: '2026-01-02', worked: '2026-01-10' },
      { off: '2026-08-31', worked: '2026-08-22' },
    ],
    basis: fromMemory('Prime Minister’s decisions on the holidays of 2026'),
  },
];

/** What stands for a year until its decision is entered. */
const undecided = {
  tetDaysBefore: 1,
  besideNationalDay: 'before',
  moved: [],
  basis: assumed('until the Prime Minister has decided: one day before Tết, the day before 2 September'),
} as const;

export function yearlyDecision(year: number): YearlyDecision {
  return decisions.find((each) => each.year === year) ?? { year, ...undecided };
}

export const holidayRules: readonly HolidayRule[] = [
  {
    vi: 'Tết Dương lịch',
    en: 'New Year',
    days: (year) => [`${year}-01-01`],
    basis: fromMemory(`${labourCode}.1.a`),
  },
  {
    vi: 'Tết Âm lịch',
    en: 'Tết, the lunar New Year',
    days: (year: number): readonly string[] => {
      const { tetDaysBefore } = yearlyDecision(year);
      return [0, 1, 2, 3, 4].map((index) => dayOfLunarCalendar(year, 1, 1 - tetDaysBefore + index));
    },
    basis: fromMemory(
      `${labourCode}.1.b`,
      'five days; where the twelfth month has 29 days they begin from the 29th',
    ),
  },
  {
    vi: 'Ngày Giỗ Tổ Hùng Vương',
    en: 'Commemoration of the Hùng Kings',
    days: (year) => [dayOfLunarCalendar(year, 3, 10)],
    basis: fromMemory(`${labourCode}.1.e`, 'the 10th day of the third lunar month'),
  },
  {
    vi: 'Ngày Chiến thắng',
    en: 'Victory Day',
    days: (year) => [`${year}-04-30`],
    basis: fromMemory(`${labourCode}.1.c`),
  },
  {
    vi: 'Ngày Quốc tế lao động',
    en: 'International Labour Day',
    days: (year) => [`${year}-05-01`],
    basis: fromMemory(`${labourCode}.1.d`),
  },
  {
    vi: 'Quốc khánh',
    en: 'National Day',
    days: (year: number): readonly string[] =>
      yearlyDecision(year).besideNationalDay === 'before'
        ? [`${year}-09-01`, `${year}-09-02`]
        : [`${year}-09-02`, `${year}-09-03`],
    basis: fromMemory(`${labourCode}.1.đ`, 'two days: 2 September and one day beside it'),
  },
];
