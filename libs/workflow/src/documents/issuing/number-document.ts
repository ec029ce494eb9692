import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Directory } from '#directory';
import type { PersonActor, Tx } from '#platform';
import { Clock, UnitOfWork, vietnamDate } from '#platform';

import { WorkflowError } from '../../errors';
import { documentType, formatNumber, isCopyCode, numberSeriesRules, seriesKeyFor } from '../../rules';
import { IndexDocument } from '../../search/index-document';
import { applyTransition, nextState } from '../../state-machine';
import { Authors } from '../author';
import { DocumentAccess, requireOwnAgency } from '../document-access';
import type { DocumentRow } from '../document-row';
import { documentTable } from '../document-row';
import type { DocumentSummary } from '../document-view';
import { documentSummary } from '../document-view';
import { outgoingMachine } from '../outgoing-machine';
import { tellOfDocument } from '../tell-of-document';
import { takeNumber } from './take-number';

/**
 * Cấp số: number and date from the body's series and the entry in the register, in one transaction. The date
 * is this moment's day in Asia/Ho_Chi_Minh and never goes back within a series.
 */
@Injectable()
export class NumberDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: DocumentAccess,
    private readonly directory: Directory,
    private readonly authors: Authors,
    private readonly audit: AuditTrail,
    private readonly index: IndexDocument,
    private readonly clock: Clock,
  ) {}

  run(actor: PersonActor, documentId: string, version?: number): Promise<DocumentSummary> {
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.documents.lock(tx, documentId, version);
      const now = this.clock.now();
      nextState(outgoingMachine, row.state, 'number', { subject: row, actor });
      requireOwnAgency(actor, row);
      await this.authors.stillInForce(tx, [row]);
      const taken = await this.take(tx, row, now);
      const after = await applyTransition(tx, outgoingMachine, { ...documentTable, row }, 'number', {
        ...taken,
        changed_at: now,
      });
      await register(tx, after, { by: actor.personId, at: now });
      await tellOfDocument(tx, after, 'document.numbered', { people: [row.drafter_id] }, now);
      await this.index.run(tx, 'outgoing', row.id);
      await this.audit.record(
        actor,
        {
          action: 'document.numbered',
          outcome: 'success',
          documentId,
          details: { symbol: taken.symbol, date: taken.issued_on, series: taken.series_id },
        },
        { within: tx },
      );
      return documentSummary(after);
    });
  }

  private async take(tx: Tx, row: DocumentRow, now: Date): Promise<NumberColumns> {
    const { bloc, secrecy, body_symbol: bodySymbol, unit_symbol: unitSymbol } = row;
    const today = vietnamDate(now);
    const type = documentType(bloc, row.type_code);
    if (type === undefined) throw new WorkflowError('TYPE_NOT_KNOWN');
    if (type.numberStyle === 'unnumbered') throw new WorkflowError('TYPE_NOT_NUMBERED');
    const terms =
      numberSeriesRules[bloc].period === 'term' ? await this.directory.termsOf(row.agency_id, tx) : [];
    const series = seriesKeyFor({ bloc, type, bodySymbol, secrecy, today, terms });
    if (series === undefined) throw new WorkflowError('TERM_MISSING');
    const counts = isCopyCode(row.type_code) ? row.agency_id : row.body_id;
    const taken = await takeNumber(tx, { ...series, bodyId: counts }, today);
    const year = Number(taken.date.slice(0, 4));
    const written = formatNumber({ bloc, type, number: taken.number, bodySymbol, unitSymbol, year });
    return {
      series_id: taken.seriesId,
      number: taken.number,
      number_text: written.number,
      symbol: written.symbol,
      issued_on: taken.date,
    };
  }
}

interface NumberColumns extends Record<string, unknown> {
  readonly series_id: string;
  readonly number: number;
  readonly number_text: string;
  readonly symbol: string;
  readonly issued_on: string;
}

/** Sổ đăng ký văn bản đi; whoever signed is read from the signature itself, which a copy does not have. */
async function register(
  tx: Tx,
  row: DocumentRow,
  entry: { readonly by: string; readonly at: Date },
): Promise<void> {
  await tx.execute(
    `INSERT INTO workflow.register_entry (series_id, number, document_id, secrecy, agency_id, body_id, number_text, symbol,
       issued_on, type_code, abstract, signer_person_id, registered_by, registered_at)
     SELECT d.series_id, d.number, d.id, d.secrecy, d.agency_id, d.body_id, d.number_text, d.symbol, d.issued_on, d.type_code,
       d.abstract, s.person_id, $2, $3
     FROM workflow.document d LEFT JOIN LATERAL (
       SELECT person_id FROM workflow.signature WHERE document_id = d.id AND kind = 'personal'
       ORDER BY signed_at DESC LIMIT 1
     ) s ON true WHERE d.id = $1`,
    [row.id, entry.by, entry.at],
  );
}
