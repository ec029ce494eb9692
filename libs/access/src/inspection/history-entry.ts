import type { EntryV1, FoundEntry } from '#audit';
import type { FlagRule } from './flag-rules';
import { flagRules } from './flag-rules';
import type { IdsToName, Names } from './trail-names';

/** An entry of the trail with names, for people to read. */
export interface HistoryEntry {
  readonly seq: string;
  readonly leafHash: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly action: EntryV1['action'];
  readonly outcome: EntryV1['outcome'];
  readonly actor: {
    readonly kind: EntryV1['actor']['kind'];
    readonly personId: string | null;
    readonly fullName: string | null;
    readonly postTitle: string | null;
    readonly agencyId: string | null;
    readonly agencyName: string | null;
    readonly address: string | null;
    /** The service or node that acted where no person did. */
    readonly program: string | null;
  };
  readonly documentId: string | null;
  /** What else was touched. */
  readonly subject: { readonly type: string; readonly id: string } | null;
  /** For the page to put into words: `document.approved`, with what the sentence may name. */
  readonly sentence: {
    readonly code: string;
    readonly params: Readonly<Record<string, string | number | boolean | null>>;
  };
  readonly reason: string | null;
  /** Code of a failure or denial. */
  readonly code: string | null;
  /** The request of which the entry is part. */
  readonly requestId: string;
  /** The rules by which this entry alone is worth a look. */
  readonly flags: readonly Pick<FlagRule, 'code' | 'vi' | 'en'>[];
}

export function historyEntryOf({ seq, leafHash, entry }: FoundEntry, names: Names): HistoryEntry {
  const { actor, details } = entry;
  const agencyId = entry.agency ?? actor.agency ?? null;
  return {
    seq,
    leafHash,
    at: entry.at,
    action: entry.action,
    outcome: entry.outcome,
    actor: {
      kind: actor.kind,
      personId: actor.person ?? null,
      fullName: names.people.get(actor.person ?? '') ?? null,
      postTitle: names.posts.get(actor.post ?? '') ?? null,
      agencyId,
      agencyName: names.agencies.get(agencyId ?? '') ?? null,
      address: actor.address ?? null,
      program: actor.service ?? actor.node ?? null,
    },
    documentId: entry.document ?? null,
    subject: entry.subject ?? null,
    sentence: {
      code: entry.outcome === 'success' ? entry.action : `${entry.action}.${entry.outcome}`,
      params: { ...details, ...inSteadOf(entry, names.people) },
    },
    reason: entry.reason ?? null,
    code: entry.code ?? null,
    requestId: actor.request,
    flags: flagsOf(entry),
  };
}

/** What has to be named before entries can be shown. */
export function idsToName(entries: readonly EntryV1[]): IdsToName {
  const present = (ids: readonly (string | undefined)[]): string[] => ids.filter((id) => id !== undefined);
  return {
    people: entries.flatMap(({ actor, details }) => present([actor.person, steadOf(details)])),
    posts: present(entries.map(({ actor }) => actor.post)),
    agencies: entries.flatMap(({ agency, actor }) => present([agency, actor.agency])),
  };
}

function steadOf(details: EntryV1['details']): string | undefined {
  const id = details?.['inSteadOf'];
  return typeof id === 'string' ? id : undefined;
}

function inSteadOf({ details }: EntryV1, people: Names['people']): Readonly<Record<string, string>> {
  const name = people.get(steadOf(details) ?? '');
  return name === undefined ? {} : { inSteadOfName: name };
}

/** Rules that look at one entry alone; what takes several is asked of the flags. */
function flagsOf({ action, outcome, at }: EntryV1): HistoryEntry['flags'] {
  const hour = (new Date(at).getUTCHours() + 7) % 24;
  return flagRules
    .filter(
      ({ actions, outcomes, atLeast, hours }) =>
        (atLeast === 1 || outcome !== 'success') &&
        actions.includes(action) &&
        outcomes.includes(outcome) &&
        (!hours ||
          (hours.from > hours.to
            ? hour >= hours.from || hour < hours.to
            : hour >= hours.from && hour < hours.to)),
    )
    .map(({ code, vi, en }) => ({ code, vi, en }));
}
