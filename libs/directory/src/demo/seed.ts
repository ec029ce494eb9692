import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsePem } from '#pki';
import type { Tx } from '#platform';
import { enterCertificate } from '../certificates';
import { enterAgency, enterAppointment, enterBody, enterPerson, enterPost, enterTerm } from '../enter-rows';
import { DirectoryError } from '../errors';
import { demoDirectory, demoNodeOf } from './data';
import type { DemoLayout } from './data';
import type { PkiIndex } from './pki-index';

/** A development PKI as read from disk: its index, and the certificates that the directory keeps. */
export interface LoadedPki {
  readonly index: PkiIndex;
  /** DER by thumbprint. */
  readonly certificates: ReadonlyMap<string, Uint8Array>;
}

/** Reads a development PKI from its folder, outside any transaction. @throws DirectoryError `PKI_INDEX_INVALID` */
export async function readPkiIndex(pkiDir: string): Promise<LoadedPki> {
  let index: PkiIndex;
  try {
    index = JSON.parse(await readFile(join(pkiDir, 'index.json'), 'utf8')) as PkiIndex;
  } catch (cause) {
    throw new DirectoryError('PKI_INDEX_INVALID', `no readable index.json in ${pkiDir}`, { cause });
  }
  const certificates = await Promise.all(
    index.holders.map(async ({ certificate, thumbprint }): Promise<readonly [string, Uint8Array]> => {
      const [der] = parsePem(await readFile(join(pkiDir, certificate), 'utf8'));
      if (der === undefined) throw new DirectoryError('PKI_INDEX_INVALID', `${certificate} is empty`);
      return [thumbprint, der];
    }),
  );
  return { index, certificates: new Map(certificates) };
}

/**
 * Enters the demo's agencies, people and certificates. May be repeated: ids are constant, and what is there
 * is brought up to date. Certificates of an earlier development PKI are withdrawn.
 *
 * @param layout where agencies live: everything on one node, or the Party's network apart from the State's
 */
export async function seedDemoDirectory(
  tx: Tx,
  pki: LoadedPki,
  layout: DemoLayout = 'one-node',
): Promise<void> {
  await seedDemoPeople(tx, layout);
  await withdrawOthers(tx, pki);
  for (const { owner, use, thumbprint } of pki.index.holders) {
    const der = pki.certificates.get(thumbprint);
    if (der === undefined)
      throw new DirectoryError('PKI_INDEX_INVALID', `certificate ${thumbprint} is missing`);
    await enterCertificate(tx, { owner, use, der });
  }
}

/** Agencies, bodies, terms, posts, people and appointments, without certificates. */
export async function seedDemoPeople(tx: Tx, layout: DemoLayout): Promise<void> {
  for (const agency of demoDirectory.agencies)
    await enterAgency(tx, { ...agency, nodeId: demoNodeOf(agency, layout) });
  for (const body of demoDirectory.bodies) await enterBody(tx, body);
  for (const term of demoDirectory.terms) await enterTerm(tx, term);
  for (const post of demoDirectory.posts) await enterPost(tx, post);
  for (const person of demoDirectory.people) await enterPerson(tx, person);
  for (const appointment of demoDirectory.appointments) await enterAppointment(tx, appointment);
}

async function withdrawOthers(tx: Tx, { index }: LoadedPki): Promise<void> {
  const owners = [...demoDirectory.agencies, ...demoDirectory.people].map(({ id }) => id);
  await tx.execute(
    `UPDATE directory.certificate SET status = 'withdrawn'
     WHERE coalesce(agency_id, person_id) = ANY($1) AND thumbprint <> ALL($2) AND status = 'active'`,
    [owners, index.holders.map(({ thumbprint }) => thumbprint)],
  );
}
