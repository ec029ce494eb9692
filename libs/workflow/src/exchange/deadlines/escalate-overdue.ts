import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import type { SystemActor, Tx } from '#platform';
import { Clock, newId, UnitOfWork } from '#platform';

import type { NewNotice } from '../../notices/notify';
import { notify } from '../../notices/notify';
import type { EscalationPercent } from '../../rules/acknowledgement';
import { escalationRules } from '../../rules/acknowledgement';
import type { Secrecy, Urgency } from '../../rules/marks';
import { ExchangeSettings } from '../exchange-settings';
import type { DocumentIdentity } from '../statements/parties';
import { deadlineOf } from './deadline';

/** Looked at in one transaction; the rest comes with the next. */
const batch = 2000;
/** Recipients that a notice names; it says how many there are in all. */
const namedRecipients = 5;

interface LateRow {
  readonly id: string;
  readonly agency_id: string;
  readonly document_id: string;
  readonly urgency: Urgency;
  readonly urgency_at: Date | null;
  readonly escalated: number;
  readonly from_at: Date;
  readonly abstract: string | null;
  readonly secrecy: Secrecy;
}

interface LateDelivery extends LateRow {
  readonly recipient_name: string;
  readonly consigned_at: Date | null;
  readonly identity: DocumentIdentity;
}

interface LateIncoming extends LateRow {
  readonly type_code: string;
  readonly symbol: string;
}

interface LateNotice extends NewNotice {
  readonly facts: {
    readonly percent: EscalationPercent;
    readonly late?: number;
    readonly recipients?: readonly string[];
  };
}

type Reached<Row> = Row & { readonly percent: EscalationPercent };

/**
 * Tells people of deliveries that nobody has answered after half, all and twice the time allowed: at the recipient by
 * its own rows, at the sender by its own. What was told is written in the same transaction, so that each step is told
 * once however many workers look and whenever one is killed. An answer ends it.
 */
@Injectable()
export class EscalateOverdue {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
    private readonly settings: ExchangeSettings,
  ) {}

  /** Returns how many deliveries and arrivals reached a step. */
  async run(): Promise<number> {
    const actor: SystemActor = { kind: 'system', service: 'worker', requestId: newId() };
    const sent = await this.unitOfWork.run(actor, (tx) => this.sent(tx));
    const arrived = await this.unitOfWork.run(actor, (tx) => this.arrived(tx));
    return sent + arrived;
  }

  private async sent(tx: Tx): Promise<number> {
    const now = this.clock.now();
    const rows = await tx.query<LateDelivery>(selectSent, [now, batch]);
    const reached = await this.step(tx, 'workflow.delivery', rows, now);
    const groups = Map.groupBy(reached, ({ document_id, percent, consigned_at }) =>
      [document_id, percent, consigned_at === null].join(' '),
    );
    for (const group of groups.values()) await this.tellSender(tx, group, now);
    return reached.length;
  }

  /** One notice for all recipients of a document that are late by the same measure. */
  private async tellSender(tx: Tx, late: readonly Reached<LateDelivery>[], now: Date): Promise<void> {
    const [first] = late;
    if (!first) return;
    const { percent, identity, agency_id: agencyId, document_id: documentId } = first;
    const rule = escalationRules[percent];
    const roles = first.consigned_at === null ? rule.senderBeforeArrival : rule.sender;
    if (roles.length === 0) return;
    await this.tell(
      tx,
      {
        kind: 'delivery.late',
        to: { agencyId, roles },
        about: {
          type: 'document',
          id: documentId,
          documentId,
          typeCode: identity.typeCode,
          symbol: identity.symbol,
          abstract: first.abstract,
          secrecy: first.secrecy,
          urgency: first.urgency,
        },
        facts: {
          percent,
          late: late.length,
          recipients: late.slice(0, namedRecipients).map(({ recipient_name }) => recipient_name),
        },
      },
      now,
    );
  }

  private async arrived(tx: Tx): Promise<number> {
    const now = this.clock.now();
    const rows = await tx.query<LateIncoming>(selectArrived, [now, batch]);
    const reached = await this.step(tx, 'workflow.incoming', rows, now);
    for (const row of reached) {
      const { percent } = row;
      await this.tell(
        tx,
        {
          kind: 'incoming.late',
          to: { agencyId: row.agency_id, roles: escalationRules[percent].recipient },
          about: {
            type: 'incoming',
            id: row.id,
            documentId: row.document_id,
            typeCode: row.type_code,
            symbol: row.symbol,
            abstract: row.abstract,
            secrecy: row.secrecy,
            urgency: row.urgency,
          },
          facts: { percent },
        },
        now,
      );
    }
    return reached.length;
  }

  /** Writes what has been told and when to look again; a worker that slept tells the last step only. */
  private async step<Row extends LateRow>(
    tx: Tx,
    table: 'workflow.delivery' | 'workflow.incoming',
    rows: readonly Row[],
    now: Date,
  ): Promise<readonly Reached<Row>[]> {
    const stepped = rows.map((row) => ({
      row,
      ...deadlineOf({ urgency: row.urgency, urgencyAt: row.urgency_at, from: row.from_at }, this.settings, {
        told: row.escalated,
        now,
      }),
    }));
    await tx.execute(
      `UPDATE ${table} AS t SET escalated = s.escalated, escalate_at = s.escalate_at
         FROM unnest($1::uuid[], $2::smallint[], $3::timestamptz[]) AS s (id, escalated, escalate_at) WHERE t.id = s.id`,
      [
        stepped.map(({ row }) => row.id),
        stepped.map(({ row, reached }) => reached ?? row.escalated),
        stepped.map(({ escalateAt }) => escalateAt),
      ],
    );
    return stepped.flatMap(({ row, reached }) => (reached === null ? [] : [{ ...row, percent: reached }]));
  }

  private async tell(tx: Tx, notice: LateNotice, now: Date): Promise<void> {
    const told = await notify(tx, notice, now);
    const { about, facts } = notice;
    await this.audit.record(
      tx.actor,
      {
        action: 'delivery.escalated',
        outcome: 'success',
        ...(about.documentId !== null && { documentId: about.documentId }),
        agencyId: notice.to.agencyId,
        subject: { type: about.type, id: about.id },
        details: { percent: facts.percent, late: facts.late ?? 1, told },
      },
      { within: tx },
    );
  }
}

const selectSent = `
  SELECT d.id, d.sender_agency_id AS agency_id, d.document_id, d.urgency, d.urgency_at, d.escalated,
         coalesce(d.consigned_at, d.created_at) AS from_at, d.recipient_name, d.consigned_at, s.identity, o.abstract,
         coalesce(o.secrecy, 'THUONG') AS secrecy
    FROM workflow.delivery d
    JOIN workflow.submission s USING (document_id)
    LEFT JOIN workflow.document o ON o.id = d.document_id
   WHERE d.escalate_at <= $1 AND d.settled_at IS NULL AND d.take_back <> '15' AND d.withdrawal IN ('IN_FORCE', 'CORRECTED')
   ORDER BY d.escalate_at LIMIT $2 FOR UPDATE OF d SKIP LOCKED`;

const selectArrived = `
  SELECT i.id, i.agency_id, i.document_id, i.urgency, i.urgency_at, i.escalated, i.arrived_at AS from_at, i.abstract,
         i.secrecy, i.type_code, i.symbol
    FROM workflow.incoming i
   WHERE i.escalate_at <= $1 AND i.settled_at IS NULL AND i.frozen_at IS NULL
   ORDER BY i.escalate_at LIMIT $2 FOR UPDATE SKIP LOCKED`;
