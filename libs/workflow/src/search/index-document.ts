import { Injectable } from '@nestjs/common';
import { Directory } from '#directory';
import type { Tx } from '#platform';

import type { Secrecy } from '../rules';
import type { SearchKind } from './search-entry';
import { writeSearchEntry } from './search-entry';

interface Row {
  readonly id: string;
  readonly agency_id: string;
  readonly date: string | null;
  readonly secrecy: Secrecy;
  readonly symbol: string | null;
  readonly type_code: string | null;
  readonly abstract: string | null;
  readonly numbers: readonly number[];
  /** Names, where they are known without the directory. */
  readonly names: readonly string[];
  readonly agencies: readonly string[];
  readonly people: readonly string[];
}

/** Brings the search up to what the tables say of a document; called by every change of what it is found by. */
@Injectable()
export class IndexDocument {
  constructor(private readonly directory: Directory) {}

  /** Of no effect before a document has its number. */
  async run(tx: Tx, kind: SearchKind, id: string): Promise<void> {
    const [row] = await tx.query<Row>(kind === 'outgoing' ? outgoing : incoming, [id]);
    if (row === undefined || row.date === null) return;
    const agencies = row.agencies.length === 0 ? [] : await this.directory.agencies(row.agencies, tx);
    await writeSearchEntry(tx, {
      id,
      agencyId: row.agency_id,
      kind,
      date: row.date,
      secrecy: row.secrecy,
      symbol: row.symbol,
      typeCode: row.type_code,
      abstract: row.abstract,
      numbers: row.numbers,
      parties: [...row.names, ...agencies.flatMap(({ name, shortName }) => [name, shortName])],
      people: row.people,
    });
  }
}

const outgoing = `
  SELECT d.id, d.agency_id, d.issued_on::text AS date, d.secrecy, d.symbol, d.type_code, d.abstract,
    ARRAY[d.number] AS numbers,
    ARRAY(SELECT r.name FROM workflow.recipient r WHERE r.document_id = d.id AND r.name IS NOT NULL) AS names,
    ARRAY(SELECT r.agency_id FROM workflow.recipient r WHERE r.document_id = d.id AND r.agency_id IS NOT NULL) AS agencies,
    ARRAY(SELECT d.drafter_id::text UNION SELECT r ->> 'personId' FROM jsonb_array_elements(d.reviewers) AS r) AS people
  FROM workflow.document d WHERE d.id = $1`;

/** The number of a document of others is text, perhaps with a year or letters in it. */
const incoming = `
  SELECT i.id, i.agency_id, coalesce(i.arrival_date, (i.arrived_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)::text AS date,
    i.secrecy, i.symbol, i.type_code, i.abstract,
    array_remove(ARRAY[i.arrival_number, substring(i.number FROM '^[0-9]{1,9}')::integer], NULL) AS numbers,
    ARRAY[i.sender_name] AS names, '{}'::uuid[] AS agencies,
    ARRAY(SELECT DISTINCT t.person_id::text FROM workflow.handling_task t
      WHERE t.handling_id = i.id AND t.state <> 'withdrawn') AS people
  FROM workflow.incoming i WHERE i.id = $1`;
