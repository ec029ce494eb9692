import { createHash } from 'node:crypto';
import { parseCertificate, parseCrl } from '#pki';
import type { Tx } from '#platform';
import { demoDirectory, demoPassword } from '#directory';
import { readTrustFolder, verifyEvidenceChain } from '#workflow';
import type { Fault } from './find-faults';
import type { Weather } from './patient-client';
import { PatientClient } from './patient-client';

interface Held {
  readonly agency_id: string;
  readonly path: string;
  readonly sha256: string;
}

/** Fetches every final file of sender and recipients over HTTP and compares its digest with the tables'. */
export async function checkFiles(
  tx: Tx,
  clerks: ReadonlyMap<string, PatientClient>,
): Promise<readonly Fault[]> {
  const held = await tx.query<Held>(`
    SELECT d.agency_id, '/documents/' || d.id || '/files/' || f.id || '/content' AS path, v.sha256
      FROM workflow.document d JOIN workflow.document_file f ON f.document_id = d.id
      JOIN workflow.file_version v ON v.id = f.current_version_id WHERE d.state = 'ISSUED'
    UNION ALL
    SELECT i.agency_id, '/incoming/' || i.id || '/files/' || f.id || '/content', f.sha256
      FROM workflow.incoming i JOIN workflow.incoming_file f ON f.incoming_id = i.id`);
  const faults: Fault[] = [];
  for (const { agency_id, path, sha256 } of held) {
    const bytes = await clerks.get(agency_id)?.bytes(path);
    const found = bytes && createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256) faults.push({ code: 'CONTENT_CHANGED', what: `${path}: ${found ?? 'no clerk'}` });
  }
  return faults;
}

/** Verifies the evidence of every issued document offline, with the trust of `pkiDir` alone. */
export async function checkEvidence(
  tx: Tx,
  clerks: ReadonlyMap<string, PatientClient>,
  pkiDir: string,
): Promise<readonly Fault[]> {
  const trust = await readTrustFolder(pkiDir);
  const issued = await tx.query<{ id: string; agency_id: string; recipients: number }>(
    `SELECT d.id, d.agency_id, (SELECT count(*)::int FROM workflow.recipient r WHERE r.document_id = d.id) AS recipients
       FROM workflow.document d WHERE d.state = 'ISSUED'`,
  );
  const faults: Fault[] = [];
  for (const { id, agency_id, recipients } of issued) {
    const chain = await clerks.get(agency_id)?.get(`/documents/${id}/evidence`);
    const verdict = await verifyEvidenceChain(
      chain,
      { ...trust, ocsps: [] },
      { certificate: parseCertificate, crl: parseCrl },
    );
    const settled = verdict.deliveries.filter(({ status }) => status === '02' || status === '03').length;
    if (!verdict.ok || settled !== recipients)
      faults.push({
        code: 'EVIDENCE_DOES_NOT_PROVE',
        what: `${id}: ${JSON.stringify([...verdict.faults, ...verdict.deliveries])}`,
      });
  }
  return faults;
}

/** A logged-in clerk of each agency, by the agency's id. */
export async function clerksOf(
  origin: string,
  agencies: readonly string[],
  weather: Weather,
): Promise<ReadonlyMap<string, PatientClient>> {
  const clerks = new Map<string, PatientClient>();
  for (const key of agencies) {
    const client = new PatientClient(origin, weather);
    await client.login(`vanthu.${key}`, demoPassword);
    const agency = demoDirectory.agencies.find((candidate) => candidate.key === key);
    if (agency) clerks.set(agency.id, client);
  }
  return clerks;
}
