import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toPem } from '#pki';
import { guardedFetcher } from '#pki/node';
import type { TestAuthority, TestHolder, TestList } from '#pki/testing';
import { signXml, svc, testCrl, testHolder, testRoot, times, trustListXml } from '#pki/testing';
import { TestClock } from '#platform';

import { TrustService } from './trust-service';

let publisher: TestHolder;
let ca: TestAuthority;
let person: TestHolder;
let folder: string;
let failures: unknown[];
let clock: TestClock;
beforeAll(async () => {
  publisher = await testHolder(await testRoot('Publisher'));
  ca = await testRoot('A service');
  person = await testHolder(ca);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealpost-lists-'));
  await mkdir(join(folder, 'lists', 'signers'), { recursive: true });
  await mkdir(join(folder, 'crl'));
  await writeFile(
    join(folder, 'lists', 'signers', 'publisher.pem'),
    toPem(publisher.signer.certificate.der, 'CERTIFICATE'),
  );
  await writeFile(join(folder, 'crl', 'ca.crl'), (await testCrl(ca)).der);
  failures = [];
  clock = new TestClock(times.now);
});
afterEach(() => rm(folder, { recursive: true }));

function trust(): TrustService {
  const onFailure = (error: unknown): void => void failures.push(error);
  return new TrustService(
    { folder, crlUrls: [], fetch: guardedFetcher({ rules: [] }), refreshMs: 0, onFailure },
    clock,
  );
}

const since = '2026-02-01T00:00:00Z';
async function publish(list: TestList, by = publisher): Promise<void> {
  await writeFile(join(folder, 'lists', 'vn.xml'), await signXml(trustListXml(list), by));
}
const granting = (): TestList => ({ services: [[{ since, certificates: [ca.certificate] }]] });
const fault = (service: TrustService): Promise<string | undefined> =>
  service.signingFault(person.certificate, 'document-signing');

describe('anchors from a trusted list', () => {
  it('are the authorities it grants, as long as it does', async () => {
    const service = trust();
    expect(await fault(service)).toBe('CERTIFICATE_NOT_TRUSTED');
    await publish(granting());
    clock.advance(11_000);
    expect(await fault(service)).toBeUndefined();
    const withdrawn = {
      since: '2026-03-01T00:00:00Z',
      certificates: [ca.certificate],
      status: svc.withdrawn,
    };
    await publish({ services: [[withdrawn, { since }]] });
    clock.advance(11_000);
    expect(await fault(service)).toBe('CERTIFICATE_NOT_TRUSTED');
    expect(failures).toEqual([]);
  });

  it('are none when the list is out of date, which is told', async () => {
    await publish({ ...granting(), nextUpdate: '2026-06-15T00:00:00Z' });
    expect(await fault(trust())).toBe('CERTIFICATE_NOT_TRUSTED');
    expect(String(failures[0])).toContain('vn.xml is out of date');
  });

  it('are none when somebody else signed the list, which is told', async () => {
    await publish(granting(), await testHolder(ca));
    expect(await fault(trust())).toBe('CERTIFICATE_NOT_TRUSTED');
    expect(failures).toEqual([expect.objectContaining({ code: 'TRUST_LIST_UNTRUSTED' })]);
  });

  it('are no issuers of persons when granted for time-stamps', async () => {
    await publish({ services: [[{ since, type: svc.qtst, certificates: [ca.certificate] }]] });
    expect((await trust().material()).anchors).toEqual([]);
    await publish({ services: [[{ since, type: svc.qtst, certificates: [person.certificate] }]] });
    expect((await trust().material()).anchors).toEqual([person.certificate]);
  });
});
