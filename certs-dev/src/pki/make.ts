import { hash } from 'node:crypto';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { demoDirectory, demoNodeIds } from '#directory';
import type { PkiIndex } from '#directory';
import { makeAuthorities } from './authorities';
import { makeCases, revocationsOf } from './cases';
import { renewCrls } from './crls';
import { daysFrom } from './dates';
import { PkiFolder } from './folder';
import { makeHolders } from './holders';
import { indexFile, readIndex } from './index-file';
import { withLock } from './lock';
import { makeTransport } from './transport';
import { developmentPort, pkiUrls } from './urls';
import { writeAuthorities, writeCases, writeHolders, writeImages, writeTransport, writeTrust } from './write';

export interface DevelopmentPkiOptions {
  /** Folder of the PKI, e.g. `var/pki`. */
  readonly out: string;
  /** Port of the development server, written into the certificates; 7318 unless told. */
  readonly port?: number;
  readonly now?: Date;
}

export interface DevelopmentPki {
  readonly index: PkiIndex;
  /** `kept`: found and still good. `renewed`: CRLs were issued anew. `made`: everything is new. */
  readonly outcome: 'kept' | 'renewed' | 'made';
}

const notice =
  'Development PKI of Sealpost: keys, PINs and passwords are for demonstration only and protect nothing. ' +
  'Khóa, mã PIN và mật khẩu ở đây chỉ để trình diễn, không dùng cho bí mật nào.';

/**
 * Makes the development PKI unless a good one is there. Several processes may ask at once: one makes it, the
 * others wait. Refused in production.
 */
export async function ensureDevelopmentPki(options: DevelopmentPkiOptions): Promise<DevelopmentPki> {
  refuseProduction();
  const now = options.now ?? new Date();
  const port = options.port ?? developmentPort;
  return withLock(`${options.out}.lock`, async () => {
    const present = await readIndex(options.out);
    if (present === undefined || !isGood(present, now, port))
      return { index: await makeDevelopmentPki(options.out, now, port), outcome: 'made' };
    const renewed = await renewCrls(options.out, present, now);
    return { index: present, outcome: renewed > 0 ? 'renewed' : 'kept' };
  });
}

export function refuseProduction(): void {
  if (process.env['NODE_ENV'] === 'production')
    throw new Error('The development PKI is for demonstration: it is refused with NODE_ENV=production.');
}

/** Of this format, for these addresses and this demo data, and good for at least a month. */
function isGood(index: PkiIndex, now: Date, port: number): boolean {
  return (
    (index as { format: number }).format === 1 &&
    index.services.tsa === pkiUrls(port).tsa &&
    index.demoData === demoDataDigest() &&
    new Date(index.validUntil) > daysFrom(now, 30)
  );
}

/** Changes when the demo's agencies, people or nodes do: certificates name them. */
function demoDataDigest(): string {
  return hash('sha256', JSON.stringify([demoDirectory, demoNodeIds]), 'hex');
}

/** Everything is written beside the target and moved there whole; what was there is removed. */
async function makeDevelopmentPki(out: string, now: Date, port: number): Promise<PkiIndex> {
  const staging = `${out}.new`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true, mode: 0o700 });
  await chmod(staging, 0o700);
  const folder = new PkiFolder(staging);
  const index = await fill(folder, now, port);
  await folder.writeSecret(indexFile, `${JSON.stringify(index, null, 2)}\n`);
  await renewCrls(staging, index, now);
  await rm(out, { recursive: true, force: true });
  await rename(staging, out);
  return index;
}

async function fill(folder: PkiFolder, now: Date, port: number): Promise<PkiIndex> {
  const urls = pkiUrls(port);
  const authorities = await makeAuthorities(now, urls);
  const [holders, cases, transport] = await Promise.all([
    makeHolders(now, authorities, urls),
    makeCases(now, authorities, urls),
    makeTransport(now),
  ]);
  const working = [...holders, ...transport.nodes, ...Object.values(authorities)];
  const ends = working.map(({ certificate }) => certificate.notAfter.getTime());
  return {
    format: 1,
    demo: true,
    notice,
    createdAt: now.toISOString(),
    validUntil: new Date(Math.min(...ends)).toISOString(),
    demoData: demoDataDigest(),
    services: { tsa: urls.tsa, ocsp: urls.ocsp, crl: urls.crl },
    trust: await writeTrust(folder, authorities),
    authorities: await writeAuthorities(folder, authorities),
    holders: await writeHolders(folder, holders, authorities),
    cases: await writeCases(folder, cases, authorities),
    revocations: revocationsOf(cases.holders, now),
    ...(await writeImages(folder)),
    transport: await writeTransport(folder, transport),
  };
}
