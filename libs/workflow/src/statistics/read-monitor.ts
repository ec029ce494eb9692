import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Page, PersonActor, Tx } from '#platform';
import { Clock, cursorInstant, pageOf, pageSize, readCursor, UnitOfWork } from '#platform';

import type { DeliveryState } from '../exchange';
import type { Urgency } from '../rules';

export const monitorViews = ['open', 'transit', 'unacknowledged', 'late', 'undelivered', 'refused'] as const;
export type MonitorView = (typeof monitorViews)[number];

/** One document on its way to one recipient, as the desk watches it. */
export interface WatchedDelivery {
  readonly id: string;
  readonly documentId: string;
  readonly symbol: string | null;
  readonly recipient: { readonly agencyId: string; readonly name: string };
  readonly urgency: Urgency;
  readonly state: DeliveryState;
  /** When an answer is due; null where none is. */
  readonly dueAt: string | null;
  readonly late: boolean;
  readonly queuedAt: string;
  readonly sentAt: string | null;
  readonly arrivedAt: string | null;
  readonly attempts: number;
  /** Code of the last failure. */
  readonly lastError: string | null;
  readonly refusalReason: string | null;
}

/** Another node, as the deliveries of this agency see it. */
export interface WatchedNode {
  readonly nodeId: string;
  /** Whether nothing that waits for it has failed to reach it. */
  readonly alive: boolean;
  readonly waiting: number;
  /** When something was last delivered to it, within a day. */
  readonly lastDeliveryAt: string | null;
}

export interface Monitor extends Page<WatchedDelivery> {
  readonly counts: {
    readonly inTransit: number;
    readonly unacknowledged: number;
    readonly late: number;
    readonly undelivered: number;
    /** Within the last 30 days. */
    readonly refused: number;
  };
  readonly nodes: readonly WatchedNode[];
}

interface Row {
  readonly id: string;
  readonly document_id: string;
  readonly symbol: string | null;
  readonly recipient_agency_id: string;
  readonly recipient_name: string;
  readonly urgency: Urgency;
  readonly state: DeliveryState;
  readonly ack_due_at: Date | null;
  readonly late: boolean;
  readonly created_at: Date;
  readonly sent_at: Date | null;
  readonly consigned_at: Date | null;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly refusal_reason: string | null;
  readonly calm: number;
  readonly due: string;
}

const open = `d.state IN ('QUEUED', 'SENT', '01', 'NON_DELIVERED')`;
const late = `${open} AND d.ack_due_at < $2`;
const refused = `d.state = '02' AND d.settled_at >= $2::timestamptz - interval '30 days'`;
const conditions: Readonly<Record<MonitorView, string>> = {
  open,
  transit: `${open} AND d.state IN ('QUEUED', 'SENT')`,
  unacknowledged: `${open} AND d.state = '01'`,
  late,
  undelivered: `${open} AND d.state = 'NON_DELIVERED'`,
  refused,
};

/** Where everything that the own agency has sent and that is not answered stands: the urgent first, then what is due first. */
@Injectable()
export class ReadMonitor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor that no page gave */
  run(
    actor: PersonActor,
    query: { readonly view?: MonitorView | undefined; readonly cursor?: string | undefined },
  ): Promise<Monitor> {
    const view = query.view ?? 'open';
    const after = readCursor(query.cursor, ['number', 'instant', 'id']);
    const now = this.clock.now();
    return this.unitOfWork.run(actor, async (tx) => {
      const page = await deliveriesOf(tx, actor.agencyId, view, now, after);
      const counts = await countsOf(tx, actor.agencyId, now);
      const nodes = await nodesOf(tx, actor.agencyId, now);
      await this.audit.record(
        actor,
        { action: 'delivery.monitored', outcome: 'success', details: { view, rows: page.items.length } },
        { within: tx },
      );
      return { counts, nodes, ...page };
    });
  }
}

async function deliveriesOf(
  tx: Tx,
  agencyId: string,
  view: MonitorView,
  now: Date,
  after: readonly [string, string, string] | null,
): Promise<Page<WatchedDelivery>> {
  const order = '(4 - d.urgency), workflow.due_or_never(d.ack_due_at), d.id';
  const beyond = after ? `AND (${order}) > ($3::bigint, $4::timestamptz, $5::uuid)` : '';
  const rows = await tx.query<Row>(
    `SELECT d.id, d.document_id, o.symbol, d.recipient_agency_id, d.recipient_name, d.urgency, d.state, d.ack_due_at,
       coalesce(${open} AND d.ack_due_at < $2, false) AS late, d.created_at, d.sent_at, d.consigned_at, d.attempts,
       d.last_error, d.refusal_reason, 4 - d.urgency AS calm, ${cursorInstant('workflow.due_or_never(d.ack_due_at)')} AS due
     FROM workflow.delivery d LEFT JOIN workflow.document o ON o.id = d.document_id
     WHERE d.sender_agency_id = $1 AND ${conditions[view]} ${beyond} AND $2::timestamptz IS NOT NULL
     ORDER BY ${order} LIMIT ${pageSize + 1}`,
    [agencyId, now, ...(after ?? [])],
  );
  return pageOf(rows, { item: watched, key: ({ calm, due, id }) => [String(calm), due, id] });
}

async function countsOf(tx: Tx, agencyId: string, now: Date): Promise<Monitor['counts']> {
  const [row] = await tx.query<Monitor['counts']>(
    `SELECT count(*) FILTER (WHERE d.state IN ('QUEUED', 'SENT'))::integer AS "inTransit",
       count(*) FILTER (WHERE d.state = '01')::integer AS unacknowledged,
       count(*) FILTER (WHERE d.ack_due_at < $2)::integer AS late,
       count(*) FILTER (WHERE d.state = 'NON_DELIVERED')::integer AS undelivered,
       (SELECT count(*)::integer FROM workflow.delivery d WHERE d.sender_agency_id = $1 AND ${refused}) AS refused
     FROM workflow.delivery d WHERE d.sender_agency_id = $1 AND ${open}`,
    [agencyId, now],
  );
  return row ?? { inTransit: 0, unacknowledged: 0, late: 0, undelivered: 0, refused: 0 };
}

async function nodesOf(tx: Tx, agencyId: string, now: Date): Promise<readonly WatchedNode[]> {
  const rows = await tx.query<{ node_id: string; alive: boolean; waiting: number; last: Date | null }>(
    `SELECT node_id, bool_and(NOT failing) AS alive, count(*) FILTER (WHERE waits)::integer AS waiting, max(consigned_at) AS last
     FROM (
       SELECT d.node_id, NULL::timestamptz AS consigned_at, d.state = 'QUEUED' AS waits,
         d.state IN ('QUEUED', 'NON_DELIVERED') AND d.last_error IS NOT NULL AS failing
       FROM workflow.delivery d WHERE d.sender_agency_id = $1 AND ${open}
       UNION ALL
       SELECT d.node_id, d.consigned_at, false, false
       FROM workflow.delivery d
       WHERE d.sender_agency_id = $1 AND d.consigned_at >= $2::timestamptz - interval '1 day'
     ) AS seen GROUP BY node_id ORDER BY node_id`,
    [agencyId, now],
  );
  return rows.map(({ node_id: nodeId, alive, waiting, last }) => ({
    nodeId,
    alive,
    waiting,
    lastDeliveryAt: last?.toISOString() ?? null,
  }));
}

function watched(row: Row): WatchedDelivery {
  return {
    id: row.id,
    documentId: row.document_id,
    symbol: row.symbol,
    recipient: { agencyId: row.recipient_agency_id, name: row.recipient_name },
    urgency: row.urgency,
    state: row.state,
    dueAt: row.ack_due_at?.toISOString() ?? null,
    late: row.late,
    queuedAt: row.created_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    arrivedAt: row.consigned_at?.toISOString() ?? null,
    attempts: row.attempts,
    lastError: row.last_error,
    refusalReason: row.refusal_reason,
  };
}
