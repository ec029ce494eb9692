import { Injectable } from '@nestjs/common';
import type { EntryV1, TrailScope } from '#audit';
import { AuditTrail, describeSearch, FindEntries, scopeCondition, TrailScopes } from '#audit';
import { Directory } from '#directory';
import type { Page, PersonActor, Role, Tx } from '#platform';
import { isId, UnitOfWork, vietnamDate } from '#platform';
import { isAllowed } from '../policies/decide-policy';
import { flagRules } from './flag-rules';

export interface HistoryQuery {
  readonly mandateId?: string;
  readonly agencyId?: string;
}

export interface HistoryEntry {
  readonly seq: string;
  readonly leafHash: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly outcome: EntryV1['outcome'];
  readonly actor: {
    readonly kind: EntryV1['actor']['kind'];
    readonly personId: string | null;
    readonly fullName: string | null;
    readonly postTitle: string | null;
    readonly agencyId: string | null;
    readonly agencyName: string | null;
    readonly address: string | null;
  };
  /** For the page to put into words: `document.approved`, with what the sentence may name. */
  readonly sentence: {
    readonly code: string;
    readonly params: Readonly<Record<string, string | number | boolean | null>>;
  };
  readonly reason: string | null;
  /** Code of a failure or denial. */
  readonly code: string | null;
  /** Codes of the rules that this entry alone makes worth a look. */
  readonly flags: readonly string[];
}

/** Who has opened a document, and who could have. */
export interface Readers {
  readonly opened: readonly {
    readonly personId: string;
    readonly fullName: string;
    readonly agencyId: string | null;
    readonly agencyName: string | null;
    readonly first: string;
    readonly last: string;
    readonly times: number;
  }[];
  /** Held an office whose roles let them, in an agency that has the document, while it had it. */
  readonly couldHave: readonly {
    readonly personId: string;
    readonly fullName: string;
    readonly postTitle: string;
    readonly agencyId: string;
    readonly agencyName: string;
    readonly roles: readonly Role[];
    readonly validFrom: string;
    readonly validTo: string | null;
    readonly opened: boolean;
  }[];
}

const opening = ['document.read', 'document.file_read', 'delivery.read'];

/** One document's life in the trail, as far as the inspector's scope goes. */
@Injectable()
export class ReadHistory {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly entries: FindEntries,
    private readonly scopes: TrailScopes,
    private readonly directory: Directory,
    private readonly trail: AuditTrail,
  ) {}

  /** Oldest first. @throws AuditError `MANDATE_NEEDED`, `MANDATE_NOT_OPEN`; ProblemError VALIDATION_FAILED */
  async timeline(
    person: PersonActor,
    documentId: string,
    query: HistoryQuery & { readonly cursor?: string },
  ): Promise<Page<HistoryEntry>> {
    const page = await this.entries.find(
      person,
      { ...query, documentId, limit: 200 },
      { order: 'oldest', view: 'timeline' },
    );
    const names = await this.namesOf(
      person,
      page.items.map(({ entry }) => entry),
    );
    const items = page.items.map(({ seq, leafHash, entry }): HistoryEntry => {
      const { actor, details } = entry;
      const agencyId = entry.agency ?? actor.agency ?? null;
      return {
        seq,
        leafHash,
        at: entry.at,
        outcome: entry.outcome,
        actor: {
          kind: actor.kind,
          personId: actor.person ?? null,
          fullName: names.people.get(actor.person ?? '') ?? null,
          postTitle: names.posts.get(actor.post ?? '') ?? null,
          agencyId,
          agencyName: names.agencies.get(agencyId ?? '') ?? null,
          address: actor.address ?? null,
        },
        sentence: {
          code: entry.outcome === 'success' ? entry.action : `${entry.action}.${entry.outcome}`,
          params: { ...details, ...inSteadOf(entry, names.people) },
        },
        reason: entry.reason ?? null,
        code: entry.code ?? null,
        flags: flagsOf(entry),
      };
    });
    return { items, next: page.next };
  }

  /** @throws AuditError `MANDATE_NEEDED`, `MANDATE_NOT_OPEN` */
  readers(person: PersonActor, documentId: string, query: HistoryQuery): Promise<Readers> {
    return this.unitOfWork.run(person, async (tx) => {
      const scope = await this.scopes.of(tx, person, query);
      const opened = await openedBy(tx, documentId, scope);
      const holders = await agenciesWith(tx, documentId, scope);
      const couldHave = await this.able(tx, holders, new Set(opened.map((row) => row.person_id)));
      const names = await this.names(tx, {
        people: opened.map((row) => row.person_id),
        posts: [],
        agencies: opened.map((row) => row.agency_id ?? ''),
      });
      await this.trail.record(
        person,
        {
          action: 'audit.read',
          outcome: 'success',
          documentId,
          details: {
            ...describeSearch(query),
            view: 'readers',
            opened: opened.length,
            able: couldHave.length,
          },
        },
        { within: tx },
      );
      return {
        opened: opened.map((row) => ({
          personId: row.person_id,
          fullName: names.people.get(row.person_id) ?? '',
          agencyId: row.agency_id,
          agencyName: names.agencies.get(row.agency_id ?? '') ?? null,
          first: row.first.toISOString(),
          last: row.last.toISOString(),
          times: row.times,
        })),
        couldHave,
      };
    });
  }

  /** Whoever held an office there after the agency had the document, with a role that lets it be read. */
  private async able(
    tx: Tx,
    holders: readonly HoldingAgency[],
    opened: ReadonlySet<string>,
  ): Promise<Readers['couldHave']> {
    const rows = await tx.query<AbleRow>(
      `SELECT a.person_id, p.full_name, t.title, a.agency_id, g.name AS agency_name, a.roles,
         to_char(a.valid_from, 'YYYY-MM-DD') AS valid_from, to_char(a.valid_to, 'YYYY-MM-DD') AS valid_to
       FROM unnest($1::uuid[], $2::date[]) AS had (agency_id, since)
         JOIN directory.appointment a ON a.agency_id = had.agency_id AND (a.valid_to IS NULL OR a.valid_to > had.since)
         JOIN directory.person p ON p.id = a.person_id JOIN directory.post t ON t.id = a.post_id
         JOIN directory.agency g ON g.id = a.agency_id
       ORDER BY g.name, p.search, a.valid_from LIMIT 2000`,
      [holders.map((had) => had.agency_id), holders.map((had) => vietnamDate(had.since))],
    );
    const wrote = new Set(holders.filter((had) => had.wrote).map((had) => had.agency_id));
    return rows
      .filter((row) => mayRead(row.roles, wrote.has(row.agency_id)))
      .map((row) => ({
        personId: row.person_id,
        fullName: row.full_name,
        postTitle: row.title,
        agencyId: row.agency_id,
        agencyName: row.agency_name,
        roles: row.roles,
        validFrom: row.valid_from,
        validTo: row.valid_to,
        opened: opened.has(row.person_id),
      }));
  }

  private namesOf(person: PersonActor, entries: readonly EntryV1[]): Promise<Names> {
    const present = (ids: readonly (string | undefined)[]): string[] => ids.filter((id) => id !== undefined);
    return this.unitOfWork.run(person, (tx) =>
      this.names(tx, {
        people: entries.flatMap(({ actor, details }) => present([actor.person, steadOf(details)])),
        posts: present(entries.map(({ actor }) => actor.post)),
        agencies: entries.flatMap(({ agency, actor }) => present([agency, actor.agency])),
      }),
    );
  }

  private async names(tx: Tx, ids: Readonly<Record<keyof Names, readonly string[]>>): Promise<Names> {
    const known = (list: readonly string[]): string[] => [...new Set(list)].filter(isId);
    const people = await this.directory.people(known(ids.people), tx);
    const agencies = await this.directory.agencies(known(ids.agencies), tx);
    const posts = await tx.query<{ id: string; title: string }>(
      'SELECT id, title FROM directory.post WHERE id = ANY($1)',
      [known(ids.posts)],
    );
    return {
      people: new Map(people.map(({ id, fullName }) => [id, fullName])),
      posts: new Map(posts.map(({ id, title }) => [id, title])),
      agencies: new Map(agencies.map(({ id, name }) => [id, name])),
    };
  }
}

type Names = Readonly<Record<'people' | 'posts' | 'agencies', ReadonlyMap<string, string>>>;

interface AbleRow {
  readonly person_id: string;
  readonly full_name: string;
  readonly title: string;
  readonly agency_id: string;
  readonly agency_name: string;
  readonly roles: Role[];
  readonly valid_from: string;
  readonly valid_to: string | null;
}

/** An agency that wrote or received the document, and since when it had it. */
interface HoldingAgency {
  readonly agency_id: string;
  readonly since: Date;
  readonly wrote: boolean;
}

interface OpenedRow {
  readonly person_id: string;
  readonly agency_id: string | null;
  readonly first: Date;
  readonly last: Date;
  readonly times: number;
}

function openedBy(tx: Tx, documentId: string, scope: TrailScope): Promise<OpenedRow[]> {
  const parameters: unknown[] = [documentId, opening];
  const within = scopeCondition(scope, (value) => `$${parameters.push(value)}`);
  return tx.query<OpenedRow>(
    `SELECT person_id, agency_id, min(at) AS first, max(at) AS last, count(*)::int AS times FROM audit.entry
     WHERE document_id = $1 AND action = ANY($2) AND outcome = 'success' AND person_id IS NOT NULL AND ${within}
     GROUP BY person_id, agency_id ORDER BY min(at)`,
    parameters,
  );
}

function agenciesWith(tx: Tx, documentId: string, scope: TrailScope): Promise<HoldingAgency[]> {
  const parameters: unknown[] = [documentId, ['document.created', 'delivery.arrived']];
  const within = scopeCondition(scope, (value) => `$${parameters.push(value)}`);
  return tx.query<HoldingAgency>(
    `SELECT agency_id, min(at) AS since, bool_or(action = 'document.created') AS wrote FROM audit.entry
     WHERE document_id = $1 AND action = ANY($2) AND outcome = 'success' AND agency_id IS NOT NULL AND ${within}
     GROUP BY agency_id`,
    parameters,
  );
}

/** By the policies as they stand today: the sender's people read documents, the recipient's what has come in. */
function mayRead(roles: readonly Role[], wrote: boolean): boolean {
  const anybody = { kind: 'person', personId: '', agencyId: '', bodyIds: [], postId: null } as const;
  const actor = { ...anybody, roles, sessionId: '', ip: '', requestId: '' };
  return isAllowed(actor, wrote ? 'document.read' : 'incoming.read');
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
function flagsOf({ action, outcome, at }: EntryV1): readonly string[] {
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
    .map(({ code }) => code);
}
