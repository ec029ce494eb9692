import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Directory } from '#directory';
import type { PersonActor } from '#platform';
import { Clock, UnitOfWork } from '#platform';

import { coverOf } from './cover';
import { registerCsv } from './print/csv';
import type { PrintedRegister } from './print/printed-register';
import { registerPdf } from './print/register-pdf';
import { registerXlsx } from './print/xlsx';
import { printedRows } from './printed-rows';
import type { RegisterName } from './register';
import type { RegisterQuestion } from './register-range';
import { rangeOf } from './register-range';
import { Registers } from './registers';

export const exportFormats = ['pdf', 'csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const formats = {
  pdf: { write: registerPdf, mediaType: 'application/pdf' },
  csv: { write: registerCsv, mediaType: 'text/csv; charset=utf-8' },
  xlsx: {
    write: registerXlsx,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
} as const satisfies Readonly<
  Record<ExportFormat, { write: (from: PrintedRegister) => AsyncIterable<Uint8Array>; mediaType: string }>
>;

/** A register as a file, made while it is sent: rows are read in stretches, each in a transaction of its own. */
@Injectable()
export class ExportRegister {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly directory: Directory,
    private readonly registers: Registers,
    private readonly clock: Clock,
  ) {}

  /** The entry is durable before the first byte leaves. @throws ProblemError VALIDATION_FAILED */
  async run(
    actor: PersonActor,
    name: RegisterName,
    question: RegisterQuestion & { readonly format: ExportFormat },
  ): Promise<StreamableFile> {
    const now = this.clock.now();
    const range = { ...rangeOf(actor, question, now), enteredUntil: now };
    const register = this.registers.get(name);
    const cover = await this.unitOfWork.run(actor, async (tx) => {
      await this.audit.record(
        actor,
        {
          action: 'register.exported',
          outcome: 'success',
          details: { register: name, format: question.format, from: range.from, to: range.to },
        },
        { within: tx },
      );
      return coverOf(this.directory, range, undefined, tx);
    });
    const rows = printedRows(this.unitOfWork, actor, register, range);
    const { write, mediaType } = formats[question.format];
    const stream = Readable.from(write({ form: register.form, cover, rows }), { objectMode: false });
    return new StreamableFile(stream, {
      type: mediaType,
      disposition: `attachment; filename="register-${name}-${range.from}-${range.to}.${question.format}"`,
    });
  }
}
