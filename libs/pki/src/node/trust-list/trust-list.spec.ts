import type { Certificate } from '../../certificate/certificate';
import { asyncErrorCodeOf } from '../../testing/error-code';
import { testHolder, testRoot } from '../../testing/test-pki';
import type { TestHolder } from '../../testing/test-pki';
import { signXml, svc, trustListXml } from '../../testing/trust-list-xml';
import type { TestList, TestState } from '../../testing/trust-list-xml';
import { readTrustList } from './read-trust-list';
import type { TrustList } from './trust-list';
import { anchorsAt, freshnessOf } from './trust-list';

let publisher: TestHolder;
let ca: Certificate;
let other: Certificate;
beforeAll(async () => {
  const root = await testRoot('A service');
  publisher = await testHolder(root);
  ca = root.certificate;
  other = (await testRoot('Another')).certificate;
});

async function read(list: TestList): Promise<TrustList> {
  const bytes = new TextEncoder().encode(await signXml(trustListXml(list), publisher));
  return readTrustList(bytes, { signers: [publisher.certificate] });
}
const readServices = (...services: (readonly TestState[])[]): Promise<TrustList> => read({ services });
const year = (value: number): Date => new Date(`${value}-07-01T00:00:00Z`);
const namesAt = (list: TrustList, use: 'certificates' | 'time-stamps', at: Date): string[] =>
  anchorsAt(list, use, at).map(({ serialNumber }) => serialNumber);

describe('anchors of a trust list', () => {
  it('are the services granted at that time, by their history', async () => {
    const list = await readServices([
      { since: '2025-01-01T00:00:00Z', certificates: [ca], status: svc.withdrawn },
      {
        since: '2019-01-01T00:00:00Z',
        status: 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/undersupervision',
      },
      { since: '2022-01-01T00:00:00Z', certificates: [ca] },
    ]);
    const granted = [2018, 2020, 2024, 2026].map(
      (value) => namesAt(list, 'certificates', year(value)).length,
    );
    expect(granted).toEqual([0, 1, 1, 0]);
    expect(namesAt(list, 'certificates', new Date('2025-01-01T00:00:00Z'))).toEqual([]);
    expect(namesAt(list, 'certificates', new Date('2024-12-31T23:59:59Z'))).toEqual([ca.serialNumber]);
  });

  it('differ for certificates and time-stamps', async () => {
    const since = '2020-01-01T00:00:00Z';
    const list = await readServices(
      [{ since, certificates: [ca] }],
      [{ since, certificates: [other], type: svc.qtst }],
      [{ since, certificates: [ca, other], type: 'http://uri.etsi.org/TrstSvc/Svctype/EDS/Q' }],
    );
    expect(namesAt(list, 'certificates', year(2026))).toEqual([ca.serialNumber]);
    expect(namesAt(list, 'time-stamps', year(2026))).toEqual([other.serialNumber]);
  });

  it.each([
    ['a critical extension that nobody knows', 'Critical="true"', '<x:Odd xmlns:x="urn:x"></x:Odd>', 0],
    ['an empty critical extension', 'Critical="true"', '', 0],
    ['an unknown one that is not critical', 'Critical="false"', '<x:Odd xmlns:x="urn:x"></x:Odd>', 1],
    ['web sites only', 'Critical="true"', scope('ForWebSiteAuthentication'), 0],
    ['signatures', 'Critical="true"', scope('ForeSignatures'), 1],
  ])('%s', async (_, critical, content, count) => {
    const extensions = `<Extension ${critical}>${content}</Extension>`;
    const list = await readServices([{ since: '2020-01-01T00:00:00Z', certificates: [ca], extensions }]);
    expect(namesAt(list, 'certificates', year(2026))).toHaveLength(count);
  });
});

function scope(name: string): string {
  const uri = `http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/${name}`;
  return `<AdditionalServiceInformation><URI xml:lang="en">${uri}</URI></AdditionalServiceInformation>`;
}

describe('a trust list', () => {
  it('is current until its next update, and then outdated; closed without one', async () => {
    const list = await read({});
    expect(freshnessOf(list, new Date('2026-11-30T23:59:59Z'))).toBe('current');
    expect(freshnessOf(list, new Date('2026-12-01T00:00:00Z'))).toBe('outdated');
    expect(freshnessOf(await read({ nextUpdate: '' }), year(2026))).toBe('closed');
  });

  it('is of version 5 or 6', async () => {
    expect((await read({ version: 5 })).version).toBe(5);
    expect(await asyncErrorCodeOf(() => read({ version: 4 }))).toBe('TRUST_LIST_MALFORMED');
  });

  it('is not trusted when it was issued outside of the period of its signer’s certificate', async () => {
    for (const issued of ['2025-12-31T00:00:00Z', '2031-01-01T00:00:00Z'])
      expect(await asyncErrorCodeOf(() => read({ issued }))).toBe('TRUST_LIST_UNTRUSTED');
  });

  it('has times in UTC alone', async () => {
    for (const issued of ['2026-06-01', '2026-06-01T00:00:00+07:00', '2026-13-01T00:00:00Z', 'soon'])
      expect(await asyncErrorCodeOf(() => read({ issued }))).toBe('TRUST_LIST_MALFORMED');
  });
});
