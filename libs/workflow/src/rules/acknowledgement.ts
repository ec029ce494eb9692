import type { Role } from '#platform';
import { vietnamDate } from '#platform';

import type { Basis } from './citation';
import { assumed } from './citation';
import type { Urgency } from './marks';
import { addWorkingTime, endOfOffice, nextWorkingDay, workingMinutesBetween } from './working-calendar';

const MINUTE_MS = 60_000;

/** How long a recipient has to accept or refuse. */
export type AcknowledgementLimit =
  /** So many minutes, day and night. */
  | { readonly kind: 'wall-clock'; readonly minutes: number }
  /** So many minutes of office time. */
  | { readonly kind: 'office-time'; readonly minutes: number }
  /** By the end of office on the next working day. */
  | { readonly kind: 'next-working-day' }
  /** By the time that stands on the document. */
  | { readonly kind: 'as-stated' };

interface AcknowledgementRule {
  readonly urgency: Urgency;
  readonly limit: AcknowledgementLimit;
  readonly basis: Basis;
}

const atOnce =
  'Decree 30/2020 art. 22 and 23 say for urgent documents only: at once; the minutes are ours, and';

export const acknowledgementRules: readonly AcknowledgementRule[] = [
  {
    urgency: 0,
    limit: { kind: 'next-working-day' },
    basis: assumed('as registering: the same day, at latest the next working day (Decree 30/2020 art. 22)'),
  },
  {
    urgency: 1,
    limit: { kind: 'office-time', minutes: 240 },
    basis: assumed(`${atOnce} they run while offices are open`),
  },
  {
    urgency: 2,
    limit: { kind: 'office-time', minutes: 120 },
    basis: assumed(`${atOnce} they run while offices are open`),
  },
  {
    urgency: 3,
    limit: { kind: 'wall-clock', minutes: 30 },
    basis: assumed(`${atOnce} they run at night too: express mail is handed over at any hour`),
  },
  {
    urgency: 4,
    limit: { kind: 'as-stated' },
    basis: assumed('the time written beside the mark is the limit, whatever the hour'),
  },
];

/** Shares of the time allowed after which somebody is told: half of it, all of it, twice as much. */
const escalationPercents = [50, 100, 200] as const;
export type EscalationPercent = (typeof escalationPercents)[number];

interface EscalationRule {
  readonly percent: EscalationPercent;
  /** Who is told in the agency that has to answer. */
  readonly recipient: readonly Role[];
  /** Who is told in the agency that sent it. */
  readonly sender: readonly Role[];
  /** The same while it has not even arrived: then nobody at the recipient can know. */
  readonly senderBeforeArrival: readonly Role[];
  readonly basis: Basis;
}

const reminding = assumed(
  'who has to act is reminded first, then who waits for it, then who answers for both',
);

export const escalationRules: Readonly<Record<EscalationPercent, EscalationRule>> = {
  50: { percent: 50, recipient: ['clerk'], sender: [], senderBeforeArrival: ['clerk'], basis: reminding },
  100: {
    percent: 100,
    recipient: ['clerk'],
    sender: ['clerk'],
    senderBeforeArrival: ['clerk'],
    basis: reminding,
  },
  200: {
    percent: 200,
    recipient: ['clerk', 'leader'],
    sender: ['clerk', 'leader'],
    senderBeforeArrival: ['clerk', 'leader'],
    basis: reminding,
  },
};

export interface AcknowledgementDue {
  readonly due: Date;
  readonly escalations: readonly { readonly percent: EscalationPercent; readonly at: Date }[];
}

/**
 * When a delivery should have been answered, counted from the event itself and not from its signing, and when to remind.
 *
 * @param urgencyAt the time on a timed express document; null for any other
 */
export function acknowledgementDue(
  urgency: Urgency,
  from: Date,
  urgencyAt: Date | null,
  limits: Partial<Readonly<Record<Urgency, AcknowledgementLimit>>> = {},
): AcknowledgementDue {
  const limit = limits[urgency] ?? ruleFor(urgency).limit;
  switch (limit.kind) {
    case 'wall-clock':
      return byWallClock(from, new Date(from.getTime() + limit.minutes * MINUTE_MS));
    case 'as-stated':
      return byWallClock(from, urgencyAt ?? from);
    case 'office-time':
      return byOfficeTime(from, addWorkingTime(from, limit.minutes), limit.minutes);
    case 'next-working-day': {
      const due = endOfOffice(nextWorkingDay(vietnamDate(from)));
      return byOfficeTime(from, due, workingMinutesBetween(from, due));
    }
  }
}

function ruleFor(urgency: Urgency): AcknowledgementRule {
  const rule = acknowledgementRules.find((each) => each.urgency === urgency);
  if (!rule) throw new Error(`no rule for urgency ${urgency}`);
  return rule;
}

/** A stated time that has passed already is late at once, and late for half an hour before it is twice late. */
function byWallClock(from: Date, due: Date): AcknowledgementDue {
  const allowed = Math.max(due.getTime() - from.getTime(), 0);
  const delays = { 50: allowed / 2, 100: allowed, 200: allowed + Math.max(allowed, 30 * MINUTE_MS) };
  return {
    due,
    escalations: escalationPercents.map((percent) => ({
      percent,
      at: new Date(from.getTime() + delays[percent]),
    })),
  };
}

function byOfficeTime(from: Date, due: Date, minutes: number): AcknowledgementDue {
  return {
    due,
    escalations: escalationPercents.map((percent) => ({
      percent,
      at: percent === 100 ? due : addWorkingTime(from, (minutes * percent) / 100),
    })),
  };
}
