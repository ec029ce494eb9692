import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import { UnitOfWork, currentRequestContext, newId } from '#platform';

/**
 * How the directory is read from: in the caller's transaction where one is given, else apart from it. What it
 * holds is no secret between agencies, so that such a read is the system's own.
 */
@Injectable()
export class DirectoryReading {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  query<Row>(sql: string, parameters: readonly unknown[], within?: Tx): Promise<Row[]> {
    if (within) return within.query<Row>(sql, parameters);
    const requestId = currentRequestContext()?.requestId ?? newId();
    return this.unitOfWork.runApart({ kind: 'system', service: 'directory', requestId }, (tx) =>
      tx.query<Row>(sql, parameters),
    );
  }
}
