import { Injectable } from '@nestjs/common';
import type { Actor, Tx } from '#platform';
import { Clock, UnitOfWork } from '#platform';
import { randomBytes } from 'node:crypto';
import type { AuditEvent } from './audit-event';
import { composeEntry, encodeEntry, projectionsOf, saltBytes } from './entry-format';
import { AuditError } from './errors';
import { noteRefusal } from './recorded-refusals';

/**
 * The single door into the trail.
 *
 * Inside a change, pass its transaction as `within`: entry and change are kept or lost together. Everything
 * else (a read, a denial, a failure) is recorded without it and is durable when the promise resolves, so
 * that no later rollback takes it along and nothing is released that is not in the trail.
 */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws AuditError `AUDIT_UNAVAILABLE` when the entry could not be kept: the caller must then refuse
   * the request (`within` a transaction its unit of work throws it, and keeps nothing); `AUDIT_ENTRY_INVALID` when the event is not of the format or beyond 64 KB.
   */
  async record(actor: Actor, event: AuditEvent, options: { readonly within?: Tx } = {}): Promise<void> {
    const entry = composeEntry(actor, event, this.clock.now(), randomBytes(saltBytes));
    const bytes = encodeEntry(entry);
    const { at, action, outcome, personId, agencyId, documentId, concernedAgencyId } = projectionsOf(entry);
    const row = [Buffer.from(bytes), at, action, outcome, personId, agencyId, documentId, concernedAgencyId];
    if (options.within) {
      // Sent now, waited for with the commit: the change is not kept when its entry is not.
      options.within.defer(insert, row, unavailable);
      return;
    }
    await this.unitOfWork.statement(actor, insert, row).catch((cause: unknown) => {
      throw unavailable(cause);
    });
    // Only what no rollback can take along counts as recorded.
    if (event.outcome !== 'success' && event.code !== undefined) noteRefusal(event.code);
  }
}

function unavailable(cause: unknown): AuditError {
  return new AuditError('AUDIT_UNAVAILABLE', 'The entry could not be written to the audit trail.', { cause });
}

const insert = `
  INSERT INTO audit.entry (bytes, at, action, outcome, person_id, agency_id, document_id, concerned_agency_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;
