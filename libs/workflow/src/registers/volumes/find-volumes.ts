import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Page, PersonActor } from '#platform';
import { pageOf, pageSize, readCursor, UnitOfWork } from '#platform';

import type { VolumeRow, VolumeSummary } from './volume';
import { volumeColumns } from './volume';

interface Row extends VolumeRow {
  readonly body_id: string | null;
  readonly type_group: string | null;
  readonly period: string | null;
}

/** The volumes of the own agency, the latest opened first. */
@Injectable()
export class FindVolumes {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor that no page gave */
  run(
    actor: PersonActor,
    query: {
      readonly year?: number | undefined;
      readonly register?: 'outgoing' | 'incoming' | undefined;
      readonly cursor?: string | undefined;
    },
  ): Promise<Page<VolumeSummary>> {
    const after = readCursor(query.cursor, ['day', 'id']);
    const parameters: unknown[] = [actor.agencyId];
    const place = (value: unknown): string => `$${parameters.push(value)}`;
    const conditions = ['v.agency_id = $1'];
    if (query.year !== undefined) conditions.push(`v.year = ${place(query.year)}`);
    if (query.register !== undefined) conditions.push(`v.register = ${place(query.register)}`);
    if (after) conditions.push(`(v.opened_on, v.id) < (${place(after[0])}::date, ${place(after[1])}::uuid)`);
    const sql = `
      SELECT ${volumeColumns}, s.body_id, s.type_group, s.period
      FROM workflow.register_volume v LEFT JOIN workflow.number_series s ON s.id = v.series_id
      WHERE ${conditions.join(' AND ')} AND s.secrecy_class IS DISTINCT FROM 'secret'
      ORDER BY v.opened_on DESC, v.id DESC LIMIT ${pageSize + 1}`;
    return this.unitOfWork.run(actor, async (tx) => {
      const rows = await tx.query<Row>(sql, parameters);
      const page = pageOf(rows, { item: summaryOf, key: (row) => [row.opened_on, row.id] });
      await this.audit.record(
        actor,
        {
          action: 'register.read',
          outcome: 'success',
          details: { register: 'volumes', rows: page.items.length },
        },
        { within: tx },
      );
      return page;
    });
  }
}

function summaryOf(row: Row): VolumeSummary {
  const { series_id: id, body_id: bodyId, type_group: typeGroup, period } = row;
  const known = id !== null && bodyId !== null && typeGroup !== null && period !== null;
  return {
    id: row.id,
    register: row.register,
    series: known ? { id, bodyId, typeGroup, period } : null,
    year: row.year,
    no: row.no,
    openedOn: row.opened_on,
    closedOn: row.closed_on,
    closedBy: row.closed_by,
    firstNumber: row.first_number,
    lastNumber: row.last_number,
    sha256: row.sha256,
  };
}
