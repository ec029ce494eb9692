import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toPem } from '#pki';
import { guardedFetcher, parseFetchRule } from '#pki/node';
import { Clock } from '#platform';

import type { Authority } from './testing/authority';
import { authority, crl, holder } from './testing/authority';
import { TrustService } from './trust-service';

let folder: string;
let root: Authority;
let failures: unknown[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealpost-trust-'));
  await mkdir(join(folder, 'trust'));
  await mkdir(join(folder, 'crl'));
  root = await authority('Root');
  failures = [];
  await writeFile(join(folder, 'trust', 'root.pem'), toPem(root.certificate.der, 'CERTIFICATE'));
});
afterEach(() => rm(folder, { recursive: true }));

function trust(
  given: { readonly refreshMs?: number; readonly crlUrls?: readonly string[] } = {},
): TrustService {
  const onFailure = (error: unknown): void => void failures.push(error);
  const rules = (given.crlUrls ?? []).map((url) =>
    parseFetchRule(new URL(url).origin, { allowPrivate: true }),
  );
  const fetch = guardedFetcher({ rules });
  return new TrustService({ folder, crlUrls: [], refreshMs: 0, fetch, ...given, onFailure }, new Clock());
}

describe('what this node trusts', () => {
  it('comes from its folder: good with a list, unknown without, revoked by it', async () => {
    const certificate = await holder(root);
    expect(await trust().signingFault(certificate, 'document-signing')).toBe('REVOCATION_UNKNOWN');
    await writeFile(join(folder, 'crl', 'root.crl'), await crl(root));
    expect(await trust().signingFault(certificate, 'document-signing')).toBeUndefined();
    await writeFile(join(folder, 'crl', 'root.crl'), await crl(root, [certificate]));
    expect(await trust().signingFault(certificate, 'document-signing')).toBe('CERTIFICATE_REVOKED');
  });

  it('is read again when it has aged, so that a revocation arrives without a restart', async () => {
    const certificate = await holder(root);
    await writeFile(join(folder, 'crl', 'root.crl'), await crl(root));
    const service = trust();
    expect(await service.signingFault(certificate, 'document-signing')).toBeUndefined();
    await writeFile(join(folder, 'crl', 'root.crl'), await crl(root, [certificate]));
    expect(await service.signingFault(certificate, 'document-signing')).toBe('CERTIFICATE_REVOKED');
  });

  it('does not reach to certificates of other roots', async () => {
    const stranger = await holder(await authority('Root'));
    expect(await trust().signingFault(stranger, 'document-signing')).toBe('CERTIFICATE_NOT_TRUSTED');
  });

  it('is nothing where there is no folder', async () => {
    await rm(join(folder, 'trust'), { recursive: true });
    expect(await trust().signingFault(await holder(root), 'document-signing')).toBe(
      'CERTIFICATE_NOT_TRUSTED',
    );
  });

  it('stays as it was when a file is damaged, and says so', async () => {
    const certificate = await holder(root);
    await writeFile(join(folder, 'crl', 'root.crl'), await crl(root));
    const service = trust();
    expect(await service.signingFault(certificate, 'document-signing')).toBeUndefined();
    await writeFile(join(folder, 'crl', 'other.crl'), 'not a list');
    expect(await service.signingFault(certificate, 'document-signing')).toBeUndefined();
    expect(failures).toHaveLength(1);
  });

  it('takes further lists from configured addresses', async () => {
    const certificate = await holder(root);
    const list = await crl(root);
    const server = createServer((_, response) => response.end(list)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const service = trust({ crlUrls: [`http://127.0.0.1:${port}/root.crl`], refreshMs: 60_000 });
    expect(await service.signingFault(certificate, 'document-signing')).toBeUndefined();
    await new Promise((resolve) => server.close(resolve));
  });

  it('puts path and lists together for a document security store', async () => {
    await writeFile(join(folder, 'crl', 'root.crl'), await crl(root));
    const certificate = await holder(root);
    const material = await trust().evidenceFor([{ certificate, purpose: 'document-signing' }]);
    expect(material.certificates).toHaveLength(2);
    expect(material.crls).toHaveLength(1);
  });
});
