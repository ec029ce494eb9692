import type { Basis } from './citation';
import { fromMemory, readIn } from './citation';

/** Độ mật. Only THUONG is handled by this version; the others exist so that every check has its place. */
export const secrecyCodes = ['THUONG', 'MAT', 'TOI_MAT', 'TUYET_MAT'] as const;
export type Secrecy = (typeof secrecyCodes)[number];

export interface SecrecyRule {
  readonly code: Secrecy;
  readonly vi: string;
  readonly en: string;
  /** The mark on the envelope; none for ordinary documents. */
  readonly envelopeMark: 'A' | 'B' | 'C' | null;
  /** Years of protection from classification. */
  readonly protectionYears: number | null;
  readonly abstract: 'allowed' | 'forbidden';
  readonly file: 'allowed' | 'forbidden';
  /** Whether this version of the engine carries such a document at all. */
  readonly handled: 'yes' | 'not-yet';
  readonly basis: Basis;
}

const stateSecretsLaw = 'Law on State Secrets 117/2025/QH15';

export const secrecyRules: Readonly<Record<Secrecy, SecrecyRule>> = {
  THUONG: {
    code: 'THUONG',
    vi: 'Thường',
    en: 'Ordinary',
    envelopeMark: null,
    protectionYears: null,
    abstract: 'allowed',
    file: 'allowed',
    handled: 'yes',
    basis: readIn(stateSecretsLaw),
  },
  MAT: {
    code: 'MAT',
    vi: 'Mật',
    en: 'Confidential (C)',
    envelopeMark: 'C',
    protectionYears: 10,
    abstract: 'allowed',
    file: 'allowed',
    handled: 'not-yet',
    basis: readIn(stateSecretsLaw, 'protection term as in the law of 2018, unchanged in 2025 from memory'),
  },
  TOI_MAT: {
    code: 'TOI_MAT',
    vi: 'Tối mật',
    en: 'Secret (B)',
    envelopeMark: 'B',
    protectionYears: 20,
    abstract: 'allowed',
    file: 'allowed',
    handled: 'not-yet',
    basis: readIn(stateSecretsLaw, 'protection term as in the law of 2018, unchanged in 2025 from memory'),
  },
  TUYET_MAT: {
    code: 'TUYET_MAT',
    vi: 'Tuyệt mật',
    en: 'Top secret (A)',
    envelopeMark: 'A',
    protectionYears: 30,
    abstract: 'forbidden',
    file: 'forbidden',
    handled: 'not-yet',
    basis: readIn(stateSecretsLaw, 'register entry only: no file and no abstract anywhere'),
  },
};

/** Độ khẩn, numbered as the Priority field of edXML. */
export const urgencyCodes = [0, 1, 2, 3, 4] as const;
export type Urgency = (typeof urgencyCodes)[number];

export interface UrgencyRule {
  readonly code: Urgency;
  readonly vi: string;
  readonly en: string;
  /** Red frame on the page, millimetres; none for an ordinary document. */
  readonly frame: { readonly widthMm: number; readonly heightMm: number } | null;
  /** Hỏa tốc hẹn giờ names the time by which it must arrive. */
  readonly time: 'required' | 'forbidden';
  readonly basis: Basis;
}

const frames = 'Decree 30/2020 annex I';
const priority = readIn('QCVN 102:2016/BTTTT, Priority');

export const urgencyRules: readonly UrgencyRule[] = [
  { code: 0, vi: 'Thường', en: 'Ordinary', frame: null, time: 'forbidden', basis: priority },
  {
    code: 1,
    vi: 'Khẩn',
    en: 'Urgent',
    frame: { widthMm: 20, heightMm: 8 },
    time: 'forbidden',
    basis: readIn(frames),
  },
  {
    code: 2,
    vi: 'Thượng khẩn',
    en: 'Very urgent',
    frame: { widthMm: 40, heightMm: 8 },
    time: 'forbidden',
    basis: readIn(frames),
  },
  {
    code: 3,
    vi: 'Hỏa tốc',
    en: 'Express',
    frame: { widthMm: 30, heightMm: 8 },
    time: 'forbidden',
    basis: readIn(frames),
  },
  {
    code: 4,
    vi: 'Hỏa tốc hẹn giờ',
    en: 'Express, timed',
    frame: { widthMm: 30, heightMm: 8 },
    time: 'required',
    basis: fromMemory(frames, 'frame of Hỏa tốc; the time is written beside it'),
  },
];

export function urgencyRule(code: number): UrgencyRule | undefined {
  return urgencyRules.find((rule) => rule.code === code);
}

/** Whether a document of this urgency names the time by which it must arrive. */
export function isTimed(urgency: Urgency): boolean {
  return urgencyRule(urgency)?.time === 'required';
}
