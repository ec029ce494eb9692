import { Injectable } from '@nestjs/common';
import { parseCertificate, thumbprint } from '#pki';
import type { Tx } from '#platform';
import { newId } from '#platform';
import { DirectoryError } from './errors';
import type { CertificateOwner, CertificateUse, HeldCertificate } from './model';
import { DirectoryReading } from './reading';

export interface CertificateToEnter {
  readonly owner: CertificateOwner;
  readonly use: CertificateUse;
  /** X.509, DER. */
  readonly der: Uint8Array;
}

interface Row extends Omit<HeldCertificate, 'owner'> {
  readonly agencyId: string | null;
  readonly personId: string | null;
}

const columns = `id, agency_id AS "agencyId", person_id AS "personId", use, der, thumbprint,
  serial_number AS "serialNumber", not_before AS "notBefore", not_after AS "notAfter", status`;

/** Who holds which certificate. Says nothing about trust: paths and revocation are judged where it is used. */
@Injectable()
export class Certificates {
  constructor(private readonly reading: DirectoryReading) {}

  /** Active certificates of an owner for a use, within their validity at that moment, newest first. */
  async of(owner: CertificateOwner, use: CertificateUse, at: Date, within?: Tx): Promise<HeldCertificate[]> {
    const column = owner.kind === 'agency' ? 'agency_id' : 'person_id';
    const sql = `
      SELECT ${columns} FROM directory.certificate
      WHERE ${column} = $1 AND use = $2 AND status = 'active' AND not_before <= $3 AND $3 <= not_after
      ORDER BY not_before DESC, id`;
    return (await this.reading.query<Row>(sql, [owner.id, use, at], within)).map(held);
  }

  /** All that an agency has or had, newest first. */
  async allOf(owner: CertificateOwner, within?: Tx): Promise<HeldCertificate[]> {
    const column = owner.kind === 'agency' ? 'agency_id' : 'person_id';
    const sql = `SELECT ${columns} FROM directory.certificate WHERE ${column} = $1 ORDER BY not_before DESC, id`;
    return (await this.reading.query<Row>(sql, [owner.id], within)).map(held);
  }

  /** Which of these agencies hold an active certificate for a use at that moment. */
  async agenciesWith(
    use: CertificateUse,
    agencyIds: readonly string[],
    at: Date,
    within?: Tx,
  ): Promise<ReadonlySet<string>> {
    if (agencyIds.length === 0) return new Set();
    const sql = `
      SELECT DISTINCT agency_id AS id FROM directory.certificate
      WHERE agency_id = ANY($1) AND use = $2 AND status = 'active' AND not_before <= $3 AND $3 <= not_after`;
    const rows = await this.reading.query<{ id: string }>(sql, [agencyIds, use, at], within);
    return new Set(rows.map(({ id }) => id));
  }

  /** The certificate with that SHA-256 thumbprint, whoever holds it. */
  async byThumbprint(hex: string, within?: Tx): Promise<HeldCertificate | undefined> {
    const sql = `SELECT ${columns} FROM directory.certificate WHERE thumbprint = $1`;
    return (await this.reading.query<Row>(sql, [hex], within)).map(held)[0];
  }
}

/**
 * Enters a certificate; one that is already there stays as it is. An agency's must bear the agency's code as
 * organizationIdentifier (CERTIFICATE_NOT_OF_AGENCY), which also binds it for everybody who verifies.
 */
export async function enterCertificate(tx: Tx, { owner, use, der }: CertificateToEnter): Promise<void> {
  const certificate = parseCertificate(der);
  if (owner.kind === 'agency') await checkAgencyCode(tx, owner.id, certificate.organizationIdentifier);
  await tx.execute(
    `INSERT INTO directory.certificate
       (id, agency_id, person_id, use, der, thumbprint, serial_number, not_before, not_after, status)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'active') ON CONFLICT (thumbprint) DO NOTHING`,
    [
      newId(),
      owner.kind === 'agency' ? owner.id : null,
      owner.kind === 'person' ? owner.id : null,
      use,
      Buffer.from(der),
      await thumbprint(certificate),
      certificate.serialNumber,
      certificate.notBefore,
      certificate.notAfter,
    ],
  );
}

async function checkAgencyCode(tx: Tx, agencyId: string, code: string | undefined): Promise<void> {
  const [agency] = await tx.query<{ code: string }>('SELECT code FROM directory.agency WHERE id = $1', [
    agencyId,
  ]);
  if (agency === undefined) throw new DirectoryError('AGENCY_NOT_FOUND', `no agency ${agencyId}`);
  if (agency.code !== code)
    throw new DirectoryError('CERTIFICATE_NOT_OF_AGENCY', `the certificate bears ${code ?? 'no code'}`);
}

function held({ agencyId, personId, der, ...rest }: Row): HeldCertificate {
  const owner: CertificateOwner =
    agencyId === null ? { kind: 'person', id: personId ?? '' } : { kind: 'agency', id: agencyId };
  return { ...rest, owner, der: new Uint8Array(der) };
}
