import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { Clock, Config, JobQueue, UnitOfWork } from '#platform';

import { exchangeQueues } from '../exchange';
import { Timestamps } from '../trust/timestamps';
import { TrustService } from '../trust/trust-service';

/** How a node is, for who keeps it running; nothing of any document. */
export interface NodeHealth {
  readonly nodeId: string;
  readonly at: string;
  /** Nodes that the directory knows, with what still waits for each. */
  readonly nodes: readonly {
    readonly nodeId: string;
    readonly here: boolean;
    readonly agencies: number;
    readonly waiting: number;
    /** Since when the oldest waits, ISO 8601. */
    readonly oldest: string | null;
  }[];
  readonly queues: readonly {
    readonly name: string;
    readonly waiting: number;
    readonly active: number;
    readonly dead: number;
  }[];
  /** The last one that stands in the trail; null without any. */
  readonly lastBackup: string | null;
  readonly tsa: { readonly state: 'up' | 'down' | 'none'; readonly milliseconds: number | null };
  readonly crls: readonly {
    readonly issuer: string;
    readonly thisUpdate: string;
    readonly nextUpdate: string | null;
    readonly state: 'fresh' | 'stale';
  }[];
}

@Injectable()
export class ShowHealth {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: JobQueue,
    private readonly timestamps: Timestamps,
    private readonly trust: TrustService,
    private readonly audit: AuditTrail,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async run(person: PersonActor): Promise<NodeHealth> {
    const [{ crls }, tsa, queues] = await Promise.all([
      this.trust.material(),
      this.timestamps.probe(),
      Promise.all(exchangeQueues.map(async ({ name }) => ({ name, ...(await this.queue.counts(name)) }))),
    ]);
    const now = this.clock.now();
    const { nodes, backup } = await this.unitOfWork.run(person, async (tx) => {
      const known = await tx.query<{
        node_id: string;
        agencies: number;
        waiting: number;
        oldest: Date | null;
      }>(
        `SELECT g.node_id, count(DISTINCT g.id)::int AS agencies, count(d.id)::int AS waiting,
           min(d.created_at) AS oldest
         FROM directory.agency g
           LEFT JOIN workflow.delivery d ON d.recipient_agency_id = g.id AND d.state IN ('QUEUED', 'SENT')
         GROUP BY g.node_id ORDER BY g.node_id`,
      );
      const [last] = await tx.query<{ at: Date | null }>(
        `SELECT max(at) AS at FROM audit.entry WHERE agency_id IS NULL AND action = 'operation.backup'`,
      );
      await this.audit.record(
        person,
        { action: 'node.read', outcome: 'success', details: { nodes: known.length } },
        { within: tx },
      );
      return { nodes: known, backup: last?.at ?? null };
    });
    return {
      nodeId: this.config.nodeId,
      at: now.toISOString(),
      nodes: nodes.map(({ node_id, agencies, waiting, oldest }) => ({
        nodeId: node_id,
        here: node_id === this.config.nodeId,
        agencies,
        waiting,
        oldest: oldest?.toISOString() ?? null,
      })),
      queues,
      lastBackup: backup?.toISOString() ?? null,
      tsa,
      crls: crls.map(({ issuer, thisUpdate, nextUpdate }) => ({
        issuer: issuer.toString(),
        thisUpdate: thisUpdate.toISOString(),
        nextUpdate: nextUpdate?.toISOString() ?? null,
        state: nextUpdate !== undefined && nextUpdate < now ? 'stale' : 'fresh',
      })),
    };
  }
}
