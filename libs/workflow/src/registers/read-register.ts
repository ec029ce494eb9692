import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Page, PersonActor } from '#platform';
import { Clock, pageSize, readCursor, UnitOfWork, writeCursor } from '#platform';

import type { RegisterItem, RegisterName } from './register';
import type { RegisterQuestion } from './register-range';
import { rangeOf } from './register-range';
import { Registers } from './registers';

/** A page of a register of the own agency, with every gap in its numbers explained. */
@Injectable()
export class ReadRegister {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly registers: Registers,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED */
  run(
    actor: PersonActor,
    name: RegisterName,
    question: RegisterQuestion & { readonly cursor?: string | undefined },
  ): Promise<Page<RegisterItem>> {
    const register = this.registers.get(name);
    const range = rangeOf(actor, question, this.clock.now());
    const after = readCursor(question.cursor, register.order);
    return this.unitOfWork.run(actor, async (tx) => {
      const stretch = await register.stretch(tx, range, after, pageSize);
      await this.audit.record(
        actor,
        {
          action: 'register.read',
          outcome: 'success',
          details: { register: name, from: range.from, to: range.to, rows: stretch.items.length },
        },
        { within: tx },
      );
      return { items: stretch.items, next: stretch.after ? writeCursor(stretch.after) : null };
    });
  }
}
