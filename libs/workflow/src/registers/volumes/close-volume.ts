import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Directory } from '#directory';
import type { BlobRef, PersonActor, Tx } from '#platform';
import { BlobStore, Clock, UnitOfWork, vietnamDate } from '#platform';

import { WorkflowError } from '../../errors';
import { coverOf } from '../cover';
import { registerPdf } from '../print/register-pdf';
import { printedRows } from '../printed-rows';
import type { RegisterRange } from '../register';
import { Registers } from '../registers';
import type { VolumeRow } from './volume';
import { ownVolume } from './volume';

/** A volume as it stood when its print began. */
interface Standing {
  readonly volume: VolumeRow;
  readonly lastNumber: number;
  readonly lastDate: string;
}

export interface ClosedVolume {
  readonly id: string;
  /** `YYYY-MM-DD` */
  readonly closedOn: string;
  readonly firstNumber: number;
  readonly lastNumber: number;
  /** Of the printed form, lower-case hex. */
  readonly sha256: string;
}

/** Largest printed form, bytes: some million rows. */
const printLimit = 1024 ** 3;

/**
 * Khóa sổ: the volume is printed, the print is kept with its digest, and no row of it changes from then on. The next
 * number of the series opens the next volume.
 */
@Injectable()
export class CloseVolume {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly directory: Directory,
    private readonly registers: Registers,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws WorkflowError REGISTER_VOLUME_NOT_FOUND, REGISTER_VOLUME_CLOSED, REGISTER_VOLUME_UNFINISHED,
   * REGISTER_VOLUME_BUSY
   */
  async run(actor: PersonActor, volumeId: string): Promise<ClosedVolume> {
    const standing = await this.unitOfWork.run(actor, (tx) => this.standing(tx, actor, volumeId));
    const print = await this.print(actor, standing);
    return this.unitOfWork.run(actor, (tx) => this.close(tx, actor, standing, print));
  }

  private async standing(tx: Tx, actor: PersonActor, id: string): Promise<Standing> {
    const volume = await ownVolume(tx, this.audit, actor, id);
    if (volume.closed_on !== null) throw new WorkflowError('REGISTER_VOLUME_CLOSED');
    const [held] =
      volume.register === 'outgoing'
        ? await tx.query<Held>(heldOutgoing, [volume.series_id, volume.first_number])
        : await tx.query<Held>(heldIncoming, [volume.agency_id, volume.year]);
    if (held === undefined) throw new Error('a volume without a row');
    if (held.unfinished > 0)
      throw new WorkflowError('REGISTER_VOLUME_UNFINISHED', { facts: { unfinished: held.unfinished } });
    return { volume, lastNumber: held.number, lastDate: held.date };
  }

  private async print(actor: PersonActor, { volume, lastNumber, lastDate }: Standing): Promise<BlobRef> {
    const range: RegisterRange = {
      agencyId: volume.agency_id,
      from: volume.opened_on,
      to: lastDate,
      seriesId: volume.series_id ?? undefined,
      numbers: { first: volume.first_number, last: lastNumber },
    };
    const register = this.registers.get(volume.register);
    const cover = await coverOf(this.directory, range, volume);
    const rows = printedRows(this.unitOfWork, actor, register, range);
    return this.blobs.put(registerPdf({ form: register.form, cover, rows }), { limit: printLimit });
  }

  private async close(
    tx: Tx,
    actor: PersonActor,
    { volume, lastNumber }: Standing,
    print: BlobRef,
  ): Promise<ClosedVolume> {
    await lockSeries(tx, volume);
    const now = await this.standing(tx, actor, volume.id);
    if (now.lastNumber !== lastNumber) throw new WorkflowError('REGISTER_VOLUME_BUSY');
    const at = this.clock.now();
    const closedOn = vietnamDate(at);
    await tx.execute(
      `UPDATE workflow.register_volume SET last_number = $2, closed_on = $3, closed_at = $4, closed_by = $5,
         blob_id = $6, sha256 = $7, size = $8 WHERE id = $1`,
      [volume.id, lastNumber, closedOn, at, actor.personId, print.id, print.sha256, print.size],
    );
    await this.audit.record(
      actor,
      {
        action: 'register.volume_closed',
        outcome: 'success',
        subject: { type: 'register_volume', id: volume.id },
        after: print.sha256,
        details: { register: volume.register, year: volume.year, no: volume.no, lastNumber },
      },
      { within: tx },
    );
    const { id, first_number: firstNumber } = volume;
    return { id, closedOn, firstNumber, lastNumber, sha256: print.sha256 };
  }
}

interface Held {
  readonly number: number;
  readonly date: string;
  readonly unfinished: number;
}

const heldOutgoing = `
  SELECT e.number, e.issued_on::text AS date, (
    SELECT count(*)::integer FROM workflow.register_entry u JOIN workflow.document d ON d.id = u.document_id
    WHERE u.series_id = $1 AND u.number >= $2 AND d.state IN ('NUMBERED', 'AGENCY_SIGNED')) AS unfinished
  FROM workflow.register_entry e WHERE e.series_id = $1 ORDER BY e.number DESC LIMIT 1`;

const heldIncoming = `
  SELECT number, date::text AS date, 0 AS unfinished
  FROM workflow.arrival_register WHERE agency_id = $1 AND year = $2 ORDER BY number DESC LIMIT 1`;

/** Whoever takes a number holds this row until it is in the register. */
async function lockSeries(tx: Tx, { register, series_id, agency_id, year }: VolumeRow): Promise<void> {
  if (register === 'outgoing')
    await tx.query('SELECT FROM workflow.number_series WHERE id = $1 FOR UPDATE', [series_id]);
  else
    await tx.query('SELECT FROM workflow.arrival_series WHERE agency_id = $1 AND year = $2 FOR UPDATE', [
      agency_id,
      year,
    ]);
}
