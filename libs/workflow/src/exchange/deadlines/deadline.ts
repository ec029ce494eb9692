import type { EscalationPercent } from '../../rules/acknowledgement';
import { acknowledgementDue } from '../../rules/acknowledgement';
import type { Urgency } from '../../rules/marks';
import type { ExchangeSettings } from '../exchange-settings';

/** What decides until when something should be answered. */
export interface Timed {
  readonly urgency: Urgency;
  readonly urgencyAt: Date | null;
  /** The event from which time runs. */
  readonly from: Date;
}

export interface Deadline {
  readonly due: Date;
  /** When to tell people next; null when they have been told everything. */
  readonly escalateAt: Date | null;
  /** Per cent that have been reached by `now` and were not told yet; null when none. */
  readonly reached: EscalationPercent | null;
}

/**
 * @param told per cent of the time after which people were told last; 0 for never
 */
export function deadlineOf(
  timed: Timed,
  settings: Pick<ExchangeSettings, 'acknowledgementMinutes'>,
  { told, now }: { readonly told: number; readonly now: Date } = { told: 0, now: timed.from },
): Deadline {
  const { due, escalations } = acknowledgementDue(
    timed.urgency,
    timed.from,
    timed.urgencyAt,
    limitsOf(settings),
  );
  const open = escalations.filter(({ percent }) => percent > told);
  const reached = open.filter(({ at }) => at <= now).at(-1)?.percent ?? null;
  const next = open.find(({ percent }) => percent > (reached ?? told));
  return { due, reached, escalateAt: next?.at ?? null };
}

/** Minutes for urgent, very urgent and express, where the node sets its own. */
function limitsOf({
  acknowledgementMinutes: minutes,
}: Pick<ExchangeSettings, 'acknowledgementMinutes'>): Parameters<typeof acknowledgementDue>[3] {
  const [urgent, veryUrgent, express] = minutes.map(Number);
  return {
    ...(urgent !== undefined && { 1: { kind: 'office-time', minutes: urgent } }),
    ...(veryUrgent !== undefined && { 2: { kind: 'office-time', minutes: veryUrgent } }),
    ...(express !== undefined && { 3: { kind: 'wall-clock', minutes: express } }),
  };
}
