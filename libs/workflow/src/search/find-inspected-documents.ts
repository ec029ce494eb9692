import { Injectable } from '@nestjs/common';
import type { WantedScope } from '#audit';
import { agenciesOf, AuditTrail, describeSearch, TrailScopes } from '#audit';
import type { Page, PersonActor } from '#platform';
import { UnitOfWork } from '#platform';

import type { Secrecy } from '../rules';

/** A document as its inspectors know it: what it is called, never what it says. */
export interface InspectedDocument {
  /** By which the trail has it, in every agency alike. */
  readonly id: string;
  /** Null before the number is assigned. */
  readonly symbol: string | null;
  /** `YYYY-MM-DD` */
  readonly issuedOn: string | null;
  readonly secrecy: Secrecy;
  /** Names of the inspected agencies that wrote or received it. */
  readonly agencyNames: readonly string[];
}

export interface InspectedDocumentsQuestion extends WantedScope {
  /** Beginning of the number and symbol; case does not matter. */
  readonly symbol?: string;
  readonly id?: string;
}

const most = 20;

/** Which documents of the agencies under inspection bear this number and symbol, or this identifier. */
@Injectable()
export class FindInspectedDocuments {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly scopes: TrailScopes,
    private readonly audit: AuditTrail,
  ) {}

  /** The latest first; nothing where nothing is asked for. @throws AuditError `MANDATE_NEEDED`, `MANDATE_NOT_OPEN` */
  run(
    actor: PersonActor,
    { symbol = '', id, ...wanted }: InspectedDocumentsQuestion,
  ): Promise<Page<InspectedDocument>> {
    return this.unitOfWork.run(actor, async (tx) => {
      const scope = await this.scopes.of(tx, actor, wanted);
      const beginning = symbol.trim();
      const parameters: unknown[] = [agenciesOf(scope)];
      const place = (value: unknown): string => `$${parameters.push(value)}`;
      const isAsked = beginning !== '' || id !== undefined;
      const conditions = [
        'agency_id = ANY($1)',
        ...(beginning === '' ? [] : [`lower(symbol) LIKE lower(${place(`${escapeLike(beginning)}%`)})`]),
        ...(id === undefined ? [] : [`document_id = ${place(id)}::uuid`]),
      ].join(' AND ');
      const items = isAsked
        ? await tx.query<InspectedDocument>(
            `SELECT known.document_id AS id, max(known.symbol) AS symbol, max(known.issued_on)::text AS "issuedOn",
               max(known.secrecy) AS secrecy, array_agg(DISTINCT g.name) AS "agencyNames"
             FROM (
               SELECT * FROM (SELECT id AS document_id, symbol, issued_on, secrecy, agency_id FROM workflow.document) d
               WHERE ${conditions}
               UNION ALL
               SELECT document_id, symbol, issued_on, secrecy, agency_id FROM workflow.incoming WHERE ${conditions}
             ) known JOIN directory.agency g ON g.id = known.agency_id
             GROUP BY known.document_id
             ORDER BY max(known.issued_on) DESC NULLS LAST, known.document_id LIMIT ${most}`,
            parameters,
          )
        : [];
      await this.audit.record(
        actor,
        {
          action: 'audit.read',
          outcome: 'success',
          ...(id !== undefined && { documentId: id }),
          details: { ...describeSearch(wanted), view: 'documents', symbol, documents: items.length },
        },
        { within: tx },
      );
      return { items, next: null };
    });
  }
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
