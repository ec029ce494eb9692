import type { Agency } from '#directory';
import { Directory, enterAgency } from '#directory';
import type { Tx } from '#platform';
import { newId } from '#platform';
import type { TestDatabase } from '#platform/testing';
import { aSystem } from '#platform/testing';

export function testAgency(code: string, nodeId: string, given: Partial<Agency> = {}): Agency {
  return {
    id: newId(),
    code,
    name: `Cơ quan ${code}`,
    shortName: code,
    symbol: 'TU',
    bloc: 'party',
    level: 'province',
    parentId: null,
    nodeId,
    place: 'Hà Nội',
    contact080: null,
    successorId: null,
    validFrom: '2025-07-01',
    validTo: null,
    ...given,
  };
}

/** Enters the agencies and gives the directory that knows them. */
export async function seedDirectory(database: TestDatabase, agencies: readonly Agency[]): Promise<Directory> {
  await database.unitOfWork.run(aSystem(), async (tx) => {
    for (const agency of agencies) await enterAgency(tx, agency);
  });
  // As the module reads: in the transaction given, else apart from it.
  const reading = {
    query: <Row>(sql: string, parameters: readonly unknown[], within?: Tx): Promise<Row[]> =>
      within
        ? within.query<Row>(sql, parameters)
        : database.unitOfWork.runApart(aSystem(), (tx) => tx.query<Row>(sql, parameters)),
  };
  return new Directory(reading as unknown as ConstructorParameters<typeof Directory>[0]);
}
