import type { AuditAction, AuditOutcome } from '#audit';

/** What is worth a second look. No law fixes the figures: they are ours, to be changed here. */
export interface FlagRule {
  readonly code: string;
  readonly vi: string;
  readonly en: string;
  readonly actions: readonly AuditAction[];
  readonly outcomes: readonly AuditOutcome[];
  /** So many by one person … */
  readonly atLeast: number;
  /** … within so many minutes. */
  readonly withinMinutes: number;
  /** Only between these hours of the day in Việt Nam; from a later to an earlier hour it goes over midnight. */
  readonly hours?: { readonly from: number; readonly to: number };
  readonly basis: { readonly source: 'Sealpost'; readonly certainty: 'assumption' };
}

const basis = { source: 'Sealpost', certainty: 'assumption' } as const;
const reads: readonly AuditAction[] = ['document.read', 'document.file_read', 'delivery.read'];

export const flagRules: readonly FlagRule[] = [
  {
    code: 'DENIED_BURST',
    vi: 'Bị từ chối nhiều lần liên tiếp',
    en: 'Denied many times in a row',
    actions: ['access.denied'],
    outcomes: ['denied'],
    atLeast: 5,
    withinMinutes: 10,
    basis,
  },
  {
    code: 'WRONG_PINS',
    vi: 'Nhập sai mã PIN nhiều lần',
    en: 'Many wrong PINs',
    actions: ['key.pin_refused', 'key.locked'],
    outcomes: ['failed', 'denied'],
    atLeast: 3,
    withinMinutes: 24 * 60,
    basis,
  },
  {
    code: 'NIGHT_ACCESS',
    vi: 'Mở văn bản vào ban đêm',
    en: 'Documents opened at night',
    actions: reads,
    outcomes: ['success'],
    atLeast: 1,
    withinMinutes: 7 * 60,
    hours: { from: 22, to: 5 },
    basis,
  },
  {
    code: 'MASS_READ',
    vi: 'Mở rất nhiều văn bản trong thời gian ngắn',
    en: 'Very many documents opened in a short time',
    actions: reads,
    outcomes: ['success'],
    atLeast: 50,
    withinMinutes: 60,
    basis,
  },
];
