import { Injectable } from '@nestjs/common';
import type { PersonActor, Tx } from '#platform';
import { Clock } from '#platform';

import { WorkflowError } from '../errors';
import { IncomingAccess } from '../exchange/incoming/incoming-access';
import type { LockedRow } from '../exchange/incoming/incoming-access';
import type { Secrecy } from '../rules';
import { secrecyRules } from '../rules';
import { applyTransition, lockRow } from '../state-machine';
import type { HandlingEvent } from './handling-machine';
import { handlingMachine } from './handling-machine';
import type { HandlingRow } from './handling-row';
import { handlingTable } from './handling-row';

/** A registered incoming document that this transaction holds. */
export interface HeldDocument {
  readonly incoming: LockedRow;
  readonly handling: HandlingRow;
}

export interface Move {
  readonly event: HandlingEvent;
  /** Note or reason, kept with the step. */
  readonly note: string | null;
  readonly changes?: Readonly<Record<string, unknown>>;
}

/** Opens registered documents and moves them by their table; each move is kept as a step. */
@Injectable()
export class HandlingDesk {
  constructor(
    private readonly access: IncomingAccess,
    private readonly clock: Clock,
  ) {}

  /**
   * Under row locks. `version` is what the person last saw, where they said so.
   *
   * @throws ProblemError INCOMING_NOT_FOUND, INCOMING_NOT_REGISTERED, VERSION_CONFLICT
   */
  async open(tx: Tx, incomingId: string, version: number | undefined): Promise<HeldDocument> {
    const incoming = await this.access.lock(tx, incomingId);
    const handling = await lockRow<HandlingRow>(tx, handlingTable, incoming.id);
    if (handling === undefined) throw new WorkflowError('INCOMING_NOT_REGISTERED');
    if (version !== undefined && handling.version !== version) throw new WorkflowError('VERSION_CONFLICT');
    return { incoming, handling };
  }

  /** @throws WorkflowError TRANSITION_NOT_ALLOWED, ROLE_NOT_ALLOWED */
  async move(tx: Tx, { handling: row }: HeldDocument, { event, note, changes }: Move): Promise<HandlingRow> {
    const now = this.clock.now();
    const after = await applyTransition(tx, handlingMachine, { ...handlingTable, row }, event, {
      entered_at: now,
      ...changes,
    });
    await tx.execute(
      `INSERT INTO workflow.handling_step (handling_id, seq, secrecy, event, to_state, person_id, at, note)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [row.id, row.version, row.secrecy, event, after.state, (tx.actor as PersonActor).personId, now, note],
    );
    return after;
  }
}

/** The lead alone. @throws WorkflowError NOT_THE_LEAD */
export function requireLead(actor: PersonActor, { handling }: HeldDocument): void {
  const isLead = handling.lead_person_id === null || handling.lead_person_id === actor.personId;
  if (!isLead) throw new WorkflowError('NOT_THE_LEAD');
}

/**
 * Any leader of the agency decides on what is not secret, for one another; on a secret, whom it was submitted to.
 *
 * @throws WorkflowError ROLE_NOT_ALLOWED
 */
export function requireDecider(actor: PersonActor, { handling }: HeldDocument): void {
  if (handling.secrecy !== 'THUONG' && handling.leader_id !== actor.personId)
    throw new WorkflowError('ROLE_NOT_ALLOWED');
}

/**
 * What a person wrote down about a document: of a top-secret one, nothing (Law on State Secrets 117/2025).
 *
 * @throws WorkflowError TEXT_FORBIDDEN
 */
export function optionalText(secrecy: Secrecy, text: string | null | undefined): string | null {
  if (text === undefined || text === null) return null;
  if (secrecyRules[secrecy].abstract === 'forbidden') throw new WorkflowError('TEXT_FORBIDDEN');
  return text;
}

/** As `optionalText`, of any other document required. @throws WorkflowError TEXT_FORBIDDEN, TEXT_MISSING */
export function requiredText(secrecy: Secrecy, text: string | null | undefined): string | null {
  const kept = optionalText(secrecy, text);
  if (kept === null && secrecyRules[secrecy].abstract === 'allowed') throw new WorkflowError('TEXT_MISSING');
  return kept;
}
