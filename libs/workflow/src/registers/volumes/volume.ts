import type { AuditTrail } from '#audit';
import type { PersonActor, Tx } from '#platform';
import { isId } from '#platform';

import { WorkflowError } from '../../errors';

/** Row of `workflow.register_volume`; days as text. */
export interface VolumeRow {
  readonly id: string;
  readonly agency_id: string;
  readonly register: 'outgoing' | 'incoming';
  readonly series_id: string | null;
  readonly year: number;
  readonly no: number;
  readonly opened_on: string;
  readonly first_number: number;
  readonly last_number: number | null;
  readonly closed_on: string | null;
  readonly closed_by: string | null;
  readonly blob_id: string | null;
  readonly sha256: string | null;
  readonly size: string | null;
}

export const volumeColumns = `v.id, v.agency_id, v.register, v.series_id, v.year, v.no, v.opened_on::text AS opened_on,
  v.first_number, v.last_number, v.closed_on::text AS closed_on, v.closed_by, v.blob_id, v.sha256, v.size`;

/** A volume (quyển) as the API answers it. */
export interface VolumeSummary {
  readonly id: string;
  readonly register: 'outgoing' | 'incoming';
  /** The series whose numbers it holds; null for the incoming register, which has one. */
  readonly series: {
    readonly id: string;
    readonly bodyId: string;
    readonly typeGroup: string;
    readonly period: string;
  } | null;
  readonly year: number;
  readonly no: number;
  /** `YYYY-MM-DD` */
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly closedBy: string | null;
  readonly firstNumber: number;
  readonly lastNumber: number | null;
  /** Of the printed form kept at closing, lower-case hex. */
  readonly sha256: string | null;
}

/** @throws WorkflowError REGISTER_VOLUME_NOT_FOUND, recorded when the volume is another agency's */
export async function ownVolume(
  tx: Tx,
  audit: AuditTrail,
  actor: PersonActor,
  id: string,
): Promise<VolumeRow> {
  const [row] = isId(id)
    ? await tx.query<VolumeRow>(`SELECT ${volumeColumns} FROM workflow.register_volume v WHERE v.id = $1`, [
        id,
      ])
    : [];
  if (row?.agency_id === actor.agencyId) return row;
  if (row !== undefined)
    await audit.record(actor, {
      action: 'access.denied',
      outcome: 'denied',
      subject: { type: 'register_volume', id },
      code: 'REGISTER_VOLUME_NOT_FOUND',
    });
  throw new WorkflowError('REGISTER_VOLUME_NOT_FOUND');
}
