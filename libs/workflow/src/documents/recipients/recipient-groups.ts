import { Injectable } from '@nestjs/common';
import type { AuditAction } from '#audit';
import { AuditTrail } from '#audit';
import type { Page, PersonActor, Tx } from '#platform';
import { Clock, isId, newId, UnitOfWork } from '#platform';

import { WorkflowError } from '../../errors';
import { CheckRecipients } from './check-recipients';
import type { NamedRecipient } from './named-recipients';
import { NameRecipients } from './named-recipients';
import type { GivenPaperRecipient, GivenRecipient, GivenRecipients } from './recipient';

export interface GivenGroup extends GivenRecipients {
  readonly name: string;
}

/** Recipients that an agency often names together. */
export interface RecipientGroup extends GivenGroup {
  readonly recipients: readonly NamedRecipient[];
  readonly id: string;
  readonly version: number;
  readonly changedAt: string;
}

interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly recipients: readonly GivenRecipient[];
  readonly paper_recipients: readonly GivenPaperRecipient[];
  readonly changed_at: Date;
}

const columns = 'id, name, version, recipients, paper_recipients, changed_at';

/** Named groups of recipients, one set per agency. A group is a help for writing: it sends nothing by itself. */
@Injectable()
export class RecipientGroups {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly recipients: CheckRecipients,
    private readonly names: NameRecipients,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** All groups of the own agency, by name. */
  list(actor: PersonActor): Promise<Page<RecipientGroup>> {
    return this.unitOfWork.run(actor, async (tx) => {
      const rows = await tx.query<GroupRow>(
        `SELECT ${columns} FROM workflow.recipient_group WHERE agency_id = $1 ORDER BY name COLLATE "vi-x-icu", id`,
        [actor.agencyId],
      );
      await this.audit.record(
        actor,
        { action: 'recipient-group.listed', outcome: 'success', details: { count: rows.length } },
        { within: tx },
      );
      const named = await this.names.run(
        tx,
        rows.flatMap(({ recipients }) => recipients),
      );
      const nameOf = new Map(named.map(({ agencyId, name }) => [agencyId, name]));
      return { items: rows.map((row) => groupView(row, nameOf)), next: null };
    });
  }

  /** @throws WorkflowError RECIPIENT_GROUP_NAME_TAKEN, RECIPIENT_REPEATED, RECIPIENT_UNKNOWN, RECIPIENT_NOT_ELECTRONIC */
  create(actor: PersonActor, given: GivenGroup): Promise<RecipientGroup> {
    return this.unitOfWork.run(actor, async (tx) => {
      await this.recipients.run(tx, given.recipients);
      const [row] = await tx.query<GroupRow>(
        `INSERT INTO workflow.recipient_group (id, agency_id, name, recipients, paper_recipients, changed_at, changed_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (agency_id, name) DO NOTHING RETURNING ${columns}`,
        [newId(), actor.agencyId, ...valuesOf(given), this.clock.now(), actor.personId],
      );
      if (row === undefined) throw new WorkflowError('RECIPIENT_GROUP_NAME_TAKEN');
      await this.record(tx, 'recipient-group.created', row);
      return this.view(tx, row);
    });
  }

  /** @throws WorkflowError RECIPIENT_GROUP_NOT_FOUND, VERSION_CONFLICT, and as `create` */
  replace(actor: PersonActor, id: string, given: GivenGroup, version?: number): Promise<RecipientGroup> {
    return this.unitOfWork.run(actor, async (tx) => {
      const present = await this.lock(tx, actor, id, version);
      await this.recipients.run(tx, given.recipients);
      const [namesake] = await tx.query(
        'SELECT 1 FROM workflow.recipient_group WHERE agency_id = $1 AND name = $2 AND id <> $3',
        [actor.agencyId, given.name, present.id],
      );
      if (namesake !== undefined) throw new WorkflowError('RECIPIENT_GROUP_NAME_TAKEN');
      const [row] = await tx.query<GroupRow>(
        `UPDATE workflow.recipient_group SET name = $2, recipients = $3, paper_recipients = $4, changed_at = $5,
           changed_by = $6, version = version + 1 WHERE id = $1 RETURNING ${columns}`,
        [present.id, ...valuesOf(given), this.clock.now(), actor.personId],
      );
      if (row === undefined) throw new WorkflowError('RECIPIENT_GROUP_NOT_FOUND');
      await this.record(tx, 'recipient-group.changed', row);
      return this.view(tx, row);
    });
  }

  /** @throws WorkflowError RECIPIENT_GROUP_NOT_FOUND, VERSION_CONFLICT */
  remove(actor: PersonActor, id: string, version?: number): Promise<void> {
    return this.unitOfWork.run(actor, async (tx) => {
      const row = await this.lock(tx, actor, id, version);
      await tx.execute('DELETE FROM workflow.recipient_group WHERE id = $1', [row.id]);
      await this.record(tx, 'recipient-group.removed', row);
    });
  }

  private async view(tx: Tx, row: GroupRow): Promise<RecipientGroup> {
    const named = await this.names.run(tx, row.recipients);
    return groupView(row, new Map(named.map(({ agencyId, name }) => [agencyId, name])));
  }

  private async lock(tx: Tx, actor: PersonActor, id: string, version?: number): Promise<GroupRow> {
    const [row] = isId(id)
      ? await tx.query<GroupRow & { readonly agency_id: string }>(
          `SELECT ${columns}, agency_id FROM workflow.recipient_group WHERE id = $1 FOR UPDATE`,
          [id],
        )
      : [];
    if (row === undefined) throw new WorkflowError('RECIPIENT_GROUP_NOT_FOUND');
    if (row.agency_id !== actor.agencyId) {
      await this.audit.record(actor, {
        action: 'access.denied',
        outcome: 'denied',
        subject: { type: 'recipient-group', id },
        code: 'RECIPIENT_GROUP_NOT_FOUND',
      });
      throw new WorkflowError('RECIPIENT_GROUP_NOT_FOUND');
    }
    if (version !== undefined && row.version !== version) throw new WorkflowError('VERSION_CONFLICT');
    return row;
  }

  private record(tx: Tx, action: AuditAction, row: GroupRow): Promise<void> {
    const members = row.recipients.length + row.paper_recipients.length;
    return this.audit.record(
      tx.actor,
      {
        action,
        outcome: 'success',
        subject: { type: 'recipient-group', id: row.id },
        details: { name: row.name, members },
      },
      { within: tx },
    );
  }
}

const valuesOf = ({ name, recipients, paperRecipients }: GivenGroup): [string, string, string] => [
  name.normalize('NFC'),
  JSON.stringify(
    recipients.map(({ agencyId, channel = 'electronic', copies = 1 }) => ({ agencyId, channel, copies })),
  ),
  JSON.stringify(
    paperRecipients.map(({ name: who, address, channel, copies = 1 }) => ({
      name: who,
      ...(address !== undefined && { address }),
      channel,
      copies,
    })),
  ),
];

function groupView(row: GroupRow, nameOf: ReadonlyMap<string, string>): RecipientGroup {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    recipients: row.recipients.map((each) => ({ ...each, name: nameOf.get(each.agencyId) ?? '' })),
    paperRecipients: row.paper_recipients,
    changedAt: row.changed_at.toISOString(),
  };
}
