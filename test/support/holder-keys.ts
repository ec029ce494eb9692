import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyVault } from '#access';
import type { CertificateOwner, PkiCase, PkiHolder } from '#directory';
import { demoDirectory, demoPin } from '#directory';
import type { KeyedSignerInput, Signer } from '#pki';
import { derOrPem, parseCertificate } from '#pki';
import { nodeSigner } from '#pki/node';
import { aSystem } from '#platform/testing';
import type { TestPkiFolder } from './development-pki';
import type { TestNode } from './test-node';

/** The signing key of a demo person or agency, used outside of any node. */
export async function signerOf(pki: TestPkiFolder, ownerId: string): Promise<Signer> {
  const holder = pki.index.holders.find(({ owner, use }) => owner.id === ownerId && use === 'signing');
  if (!holder) throw new Error(`the development PKI has no signing key of ${ownerId}`);
  return nodeSigner(await keyOf(pki, holder));
}

/**
 * Gives an owner the key of a certificate that must not sign, as the newest and so the one in use, while `work` runs.
 */
export async function withCase<T>(
  node: TestNode,
  name: PkiCase['case'],
  owner: CertificateOwner,
  work: () => Promise<T>,
): Promise<T> {
  const found = node.pki.index.cases.find((one) => one.case === name && one.owner.kind === owner.kind);
  if (!found) throw new Error(`the development PKI has no case ${name} of a ${owner.kind}`);
  const vault = node.app.get(KeyVault, { strict: false });
  await vault.import(aSystem(), {
    owner,
    agencyId: agencyOf(owner),
    use: 'signing',
    ...(await keyOf(node.pki, found)),
    protection: { pin: demoPin },
  });
  const [newest] = await vault.keysOf(aSystem(), owner, 'signing');
  try {
    return await work();
  } finally {
    await node.query('UPDATE access.stored_key SET withdrawn_at = now() WHERE id = $1', [newest?.id]);
  }
}

async function keyOf({ folder }: TestPkiFolder, holder: PkiHolder): Promise<KeyedSignerInput> {
  const read = async (path: string): Promise<Uint8Array> => {
    const [der] = derOrPem(await readFile(join(folder, path)));
    if (!der) throw new Error(`${path} is empty`);
    return der;
  };
  return {
    pkcs8: await read(holder.key),
    certificate: parseCertificate(await read(holder.certificate)),
    chain: (await Promise.all(holder.chain.map(read))).map((der) => parseCertificate(der)),
  };
}

function agencyOf({ kind, id }: CertificateOwner): string {
  if (kind === 'agency') return id;
  const person = demoDirectory.people.find((candidate) => candidate.id === id);
  if (!person) throw new Error(`no demo person ${id}`);
  return person.agencyId;
}
