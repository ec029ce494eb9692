import { checkEntries } from '#audit';
import type { Tx } from '#platform';
import { deliveryBalance } from '#workflow';
import type { Ledger } from './ledger';
import { rules } from './rules';

export interface Fault {
  readonly code: string;
  readonly what: string;
}

/** Everything that should hold once all is quiet, looked at from the tables alone and against what was acknowledged. */
export async function findFaults(tx: Tx, ledger: Ledger): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  for (const { code, sql } of rules)
    for (const { what } of await tx.query<{ what: string }>(sql)) faults.push({ code, what });
  const { balanced, ...counts } = await deliveryBalance(tx);
  if (!balanced) faults.push({ code: 'DELIVERY_BALANCE', what: JSON.stringify(counts) });
  for (const { seq, fault, detail } of (await checkEntries(tx)).faults)
    faults.push({ code: 'TRAIL_ENTRY', what: `${seq}: ${fault} ${detail}` });
  return [...faults, ...(await brokenPromises(tx, ledger))];
}

/** What was acknowledged and is not so. */
async function brokenPromises(tx: Tx, ledger: Ledger): Promise<readonly Fault[]> {
  const promises = [
    ...[...ledger.created].map(([id, { abstract }]) => ({ what: `document ${id}`, is: { id, abstract } })),
    ...ledger.uploaded.map((file) => ({ what: `file ${file.fileId}`, is: file })),
    ...[...ledger.numbered].map(([id, number]) => ({ what: `number of ${id}`, is: { id, ...number } })),
    ...[...ledger.issued].map((id) => ({ what: `issue of ${id}`, is: { id, state: 'ISSUED' } })),
    ...[...ledger.accepted].map(([id, arrival]) => ({
      what: `acceptance of ${id}`,
      is: { id, state: '03', ...arrival },
    })),
    ...[...ledger.refused].map((id) => ({ what: `refusal of ${id}`, is: { id, state: '02' } })),
  ];
  const facts = await tx.query<{ fact: Record<string, unknown> }>(factsQuery);
  const byId = new Map<unknown, Record<string, unknown>>();
  for (const { fact } of facts) byId.set(fact['id'] ?? fact['fileId'], fact);
  return promises.flatMap(({ what, is }) => {
    const fact = byId.get('fileId' in is ? is.fileId : is.id);
    const broken = Object.entries(is).find(([name, value]) => fact?.[name] !== value);
    if (!broken) return [];
    const [name, value] = broken;
    return [{ code: 'ACKNOWLEDGED', what: `${what}: ${name} ${value} is ${String(fact?.[name])}` }];
  });
}

const factsQuery = `
  SELECT jsonb_build_object('id', id, 'abstract', abstract, 'state', state, 'symbol', symbol, 'date', issued_on) AS fact
    FROM workflow.document
  UNION ALL
  SELECT jsonb_build_object('fileId', f.id, 'documentId', f.document_id, 'sha256', v.sha256)
    FROM workflow.document_file f JOIN workflow.file_version v ON v.id = f.upload_version_id
  UNION ALL
  SELECT jsonb_build_object('id', i.id, 'state', i.state, 'arrivalNumber', i.arrival_number, 'arrivalDate', i.arrival_date)
    FROM workflow.incoming i`;
