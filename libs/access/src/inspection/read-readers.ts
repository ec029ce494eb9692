import { Injectable } from '@nestjs/common';
import type { TrailScope, WantedScope } from '#audit';
import { AuditTrail, describeSearch, scopeCondition, TrailScopes } from '#audit';
import type { PersonActor, Role, Tx } from '#platform';
import { UnitOfWork, vietnamDate } from '#platform';
import { isAllowed } from '../policies/decide-policy';
import { TrailNames } from './trail-names';

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

@Injectable()
export class ReadReaders {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly scopes: TrailScopes,
    private readonly names: TrailNames,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws AuditError `MANDATE_NEEDED`, `MANDATE_NOT_OPEN` */
  run(person: PersonActor, documentId: string, query: WantedScope): Promise<Readers> {
    return this.unitOfWork.run(person, async (tx) => {
      const scope = await this.scopes.of(tx, person, query);
      const opened = await openedBy(tx, documentId, scope);
      const holders = await agenciesWith(tx, documentId, scope);
      const couldHave = await able(tx, holders, new Set(opened.map((row) => row.person_id)));
      const names = await this.names.of(tx, {
        people: opened.map((row) => row.person_id),
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

/** An agency that wrote or received the document, and since when it had it. */
interface HoldingAgency {
  readonly agency_id: string;
  readonly since: Date;
  readonly wrote: boolean;
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

/** Whoever held an office there after the agency had the document, with a role that lets it be read. */
async function able(
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
     ORDER BY g.name, p.given_name, p.full_name, a.valid_from LIMIT 2000`,
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

/** By the policies as they stand today: the sender's people read documents, the recipient's what has come in. */
function mayRead(roles: readonly Role[], wrote: boolean): boolean {
  const anybody = { kind: 'person', personId: '', agencyId: '', bodyIds: [], postId: null } as const;
  const actor = { ...anybody, roles, sessionId: '', ip: '', requestId: '' };
  return isAllowed(actor, wrote ? 'document.read' : 'incoming.read');
}
