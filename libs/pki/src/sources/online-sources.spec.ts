import type { Certificate } from '../certificate/certificate';
import { parseCertificate } from '../certificate/parse-certificate';
import { PkiError } from '../errors';
import { derImplicit, derNamedBits, derSequence } from '../der/writer';
import type { ExtensionInput } from '../issuing/issue-certificate';
import { issueCrl } from '../issuing/issue-crl';
import { issueOcspResponse, ocspErrorResponse } from '../issuing/issue-ocsp-response';
import type { OcspStatusInput } from '../issuing/issue-ocsp-response';
import { validatePath } from '../path/validate-path';
import { oids } from '../oids';
import { parseCrl } from '../revocation/crl';
import { parseOcspRequest } from '../revocation/ocsp-request';
import { testAuthority, testHolder, testRoot, times } from '../testing/test-pki';
import type { TestAuthority } from '../testing/test-pki';
import type { Fetcher, FetchRequest } from './fetcher';
import { memoryAnswerStore } from './kept-answers';
import { gatherIssuers, gatherRevocation } from './online-sources';
import type { Asking, GatheredRevocation } from './online-sources';
import { tieToAnchor } from './tied-path';
import type { TiedPath } from './tied-path';

const hour = 3_600_000;
const after = (ms: number): Date => new Date(times.now.getTime() + ms);
const urls = {
  rootCrl: 'http://crl.vn/root.crl',
  caCrl: 'http://crl.vn/ca.crl',
  ocsp: 'http://ocsp.vn/',
  ca: 'http://crl.vn/ca.cer',
};

let root: TestAuthority;
let ca: TestAuthority;
let holder: Certificate;
let tied: TiedPath;
beforeAll(async () => {
  root = await testRoot();
  ca = await testAuthority(root, 'Issuing', { crlUrls: [urls.rootCrl] });
  const holderUrls = {
    ocspUrls: [urls.ocsp],
    crlUrls: ['http://down.vn/', urls.caCrl],
    caIssuerUrls: [urls.ca],
  };
  ({ certificate: holder } = await testHolder(ca, holderUrls));
  tied = (await tieToAnchor({ certificate: holder, ...pool(), at: times.now, purpose: 'document-signing' }))!;
});

const pool = (): { anchors: Certificate[]; intermediates: Certificate[] } => ({
  anchors: [root.certificate],
  intermediates: [ca.certificate],
});

function crlOf(
  issuer: TestAuthority,
  from = times.now,
  number = 1,
  revoked: readonly Certificate[] = [],
  extensions: readonly ExtensionInput[] = [],
): Promise<Uint8Array> {
  return issueCrl({
    extensions,
    issuer: issuer.certificate,
    issuerKey: issuer.key,
    thisUpdate: from,
    nextUpdate: new Date(from.getTime() + 4 * hour),
    number,
    entries: revoked.map(({ serialNumber }) => ({
      serialNumber,
      revocationDate: from,
      reason: 'keyCompromise',
    })),
  });
}

interface Answering {
  readonly by?: TestAuthority;
  readonly from?: Date;
  readonly nonce?: Uint8Array | 'none';
  readonly status?: OcspStatusInput;
}

/** A responder that answers for `ca`, with variations. */
async function ocspAnswer(body: Uint8Array, given: Answering = {}): Promise<Uint8Array> {
  const { by = ca, from = times.now, status = { status: 'good' } } = given;
  const { ids, nonce: asked } = parseOcspRequest(body);
  const nonce = given.nonce === 'none' ? undefined : (given.nonce ?? asked);
  return issueOcspResponse({
    responder: { certificate: by.certificate, chain: [], ...by.key },
    producedAt: from,
    responses: ids.map(({ der: id }) => ({
      id,
      ...status,
      thisUpdate: from,
      nextUpdate: new Date(from.getTime() + 4 * hour),
    })),
    ...(nonce && { nonce }),
  });
}

type Answers = Readonly<Record<string, (request: FetchRequest) => Promise<Uint8Array | undefined>>>;

/** What a network of these servers answers, and what it was asked. */
function network(answers: Answers): { readonly fetch: Fetcher; readonly asked: FetchRequest[] } {
  const asked: FetchRequest[] = [];
  return {
    asked,
    fetch: async (request) => {
      asked.push(request);
      const found = answers[request.url];
      if (!found) throw new PkiError('FETCH_FAILED', 'nobody there');
      return { body: await found(request), validators: { etag: `"${asked.length}"` } };
    },
  };
}

const lists = (): Answers => ({
  [urls.rootCrl]: () => crlOf(root),
  [urls.caCrl]: () => crlOf(ca),
});

function gather(fetch: Fetcher, more: Partial<Asking> = {}): Promise<GatheredRevocation> {
  const store = memoryAnswerStore();
  return gatherRevocation(tied, {
    fetch,
    store,
    now: times.now,
    renewal: 'when-ended',
    nonce: 'asked',
    crls: [],
    ocsps: [],
    ...more,
  });
}

const codes = ({ failures }: GatheredRevocation): string[] => failures.map(({ error }) => error.code);

/** issuingDistributionPoint with onlySomeReasons alone, DER. */
function onlySomeReasons(bits: readonly number[]): Uint8Array {
  return derSequence(derImplicit(3, derNamedBits(bits)));
}

describe('revocation status from the network', () => {
  it('makes a path valid that no list at hand speaks for', async () => {
    const { fetch, asked } = network({ ...lists(), [urls.ocsp]: ({ body }) => ocspAnswer(body!) });
    const input = {
      certificate: holder,
      ...pool(),
      at: times.now,
      purpose: 'document-signing',
      revocation: 'required',
    } as const;
    expect((await validatePath({ ...input, crls: [], ocsps: [] })).status).toBe('indeterminate');
    const gathered = await gather(fetch);
    expect((await validatePath({ ...input, ...gathered })).status).toBe('valid');
    expect(asked.map(({ url }) => url)).toEqual([urls.rootCrl, urls.ocsp]);
  });

  it('tells a revoked certificate', async () => {
    const { fetch } = network({ ...lists(), [urls.caCrl]: () => crlOf(ca, times.now, 2, [holder]) });
    const gathered = await gather(fetch);
    const result = await validatePath({
      certificate: holder,
      ...pool(),
      ...gathered,
      at: after(1000),
      purpose: 'document-signing',
      revocation: 'required',
    });
    expect(result.failures.map(({ code }) => code)).toEqual(['CERTIFICATE_REVOKED']);
  });

  it('comes from the list where the responder does not answer, and from the next address of a list', async () => {
    const { fetch, asked } = network(lists());
    const gathered = await gather(fetch);
    expect([gathered.crls.length, gathered.ocsps.length, codes(gathered)]).toEqual([
      2,
      0,
      ['FETCH_FAILED', 'FETCH_FAILED'],
    ]);
    expect(asked.map(({ url }) => url)).toEqual([urls.rootCrl, urls.ocsp, 'http://down.vn/', urls.caCrl]);
  });

  it('is not asked for where a list at hand speaks', async () => {
    const atHand = parseCrl(await crlOf(root));
    const { fetch, asked } = network({ ...lists(), [urls.ocsp]: ({ body }) => ocspAnswer(body!) });
    const gathered = await gather(fetch, { crls: [atHand] });
    expect([asked.map(({ url }) => url), gathered.unknown]).toEqual([[urls.ocsp], []]);
  });

  it('comes from several lists that each speak about some reasons', async () => {
    const part = (reasons: number[]): Promise<Uint8Array> =>
      crlOf(
        root,
        times.now,
        1,
        [],
        [{ oid: oids.issuingDistributionPoint, critical: true, value: onlySomeReasons(reasons) }],
      );
    const [one, two] = ['http://crl.vn/1', 'http://crl.vn/2'];
    const { certificate } = await testHolder(root, { crlUrls: [one, two, urls.rootCrl] });
    const path = (await tieToAnchor({ certificate, ...pool(), at: times.now, purpose: 'document-signing' }))!;
    const { fetch, asked } = network({ [one]: () => part([1, 2, 3, 4]), [two]: () => part([5, 6, 7, 8]) });
    const asking = {
      store: memoryAnswerStore(),
      now: times.now,
      renewal: 'when-ended',
      nonce: 'asked',
    } as const;
    const gathered = await gatherRevocation(path, { ...asking, fetch, crls: [], ocsps: [] });
    expect([asked.length, gathered.crls.length, gathered.unknown]).toEqual([2, 2, []]);
  });

  it('says for whom it is still unknown', async () => {
    const { unknown } = await gather(network({ [urls.rootCrl]: lists()[urls.rootCrl]! }).fetch);
    expect(unknown).toEqual([holder]);
  });

  it('asks three addresses of a certificate at most', async () => {
    const many = Array.from({ length: 50 }, (_, index) => `http://crl.vn/${index}`);
    const { certificate } = await testHolder(root, { crlUrls: many, ocspUrls: many });
    const path = (await tieToAnchor({ certificate, ...pool(), at: times.now, purpose: 'document-signing' }))!;
    const { fetch, asked } = network({});
    const asking = {
      fetch,
      store: memoryAnswerStore(),
      now: times.now,
      renewal: 'when-ended',
      nonce: 'asked',
      crls: [],
      ocsps: [],
    } as const;
    await gatherRevocation(path, asking);
    expect(asked).toHaveLength(6);
  });
});

describe('an OCSP answer', () => {
  const from = (given: Answering): Promise<GatheredRevocation> =>
    gather(network({ ...lists(), [urls.ocsp]: ({ body }) => ocspAnswer(body!, given) }).fetch);

  it.each([
    ['of another authority', (): Answering => ({ by: root })],
    ['out of date', (): Answering => ({ from: after(-5 * hour) })],
    ['from the future', (): Answering => ({ from: after(hour) })],
    ['with another nonce', (): Answering => ({ nonce: new Uint8Array(16).fill(7) })],
    ['that knows nothing', (): Answering => ({ status: { status: 'unknown' } })],
  ])('%s is not used; the list is', async (_, given) => {
    const gathered = await from(given());
    expect([gathered.ocsps.length, gathered.crls.length]).toEqual([0, 2]);
    expect(codes(gathered)).toEqual(['ANSWER_UNUSABLE', 'FETCH_FAILED']);
  });

  it('without a nonce is used, unless one is required', async () => {
    const { fetch } = network({
      ...lists(),
      [urls.ocsp]: ({ body }) => ocspAnswer(body!, { nonce: 'none' }),
    });
    expect((await gather(fetch)).ocsps).toHaveLength(1);
    expect((await gather(fetch, { nonce: 'required' })).ocsps).toHaveLength(0);
  });

  it('that is an error, or damaged, is a failure like others', async () => {
    const error = network({ ...lists(), [urls.ocsp]: () => Promise.resolve(ocspErrorResponse('tryLater')) });
    expect(codes(await gather(error.fetch))).toEqual(['OCSP_REJECTED', 'FETCH_FAILED']);
    const damaged = network({ ...lists(), [urls.ocsp]: () => Promise.resolve(new Uint8Array(3)) });
    expect(codes(await gather(damaged.fetch))).toEqual(['OCSP_MALFORMED', 'FETCH_FAILED']);
  });

  it('is asked for by GET where no nonce is wanted', async () => {
    const { fetch, asked } = network(lists());
    await gather(fetch, { nonce: 'none' });
    const { url, body } = asked[1]!;
    expect(body).toBeUndefined();
    expect(url.startsWith(urls.ocsp)).toBe(true);
    const base64 = decodeURIComponent(url.slice(urls.ocsp.length));
    const der = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    expect(parseOcspRequest(der).ids[0]?.id.serialNumber).toBe(holder.serialNumber);
  });
});

describe('a list', () => {
  it.each([
    ['of another authority', (): Promise<Uint8Array> => crlOf(root)],
    [
      'of another key under the same name',
      async (): Promise<Uint8Array> => crlOf(await testAuthority(root, 'Issuing')),
    ],
    ['out of date', (): Promise<Uint8Array> => crlOf(ca, after(-5 * hour))],
    ['from the future', (): Promise<Uint8Array> => crlOf(ca, after(hour))],
  ])('%s is not used', async (_, make) => {
    const gathered = await gather(network({ ...lists(), [urls.caCrl]: make }).fetch);
    expect(gathered.crls).toHaveLength(1);
    expect(codes(gathered).at(-1)).toBe('ANSWER_UNUSABLE');
  });

  it.each([
    ['a page', new TextEncoder().encode('<html>')],
    ['nothing', new Uint8Array()],
  ])('that is %s is a failure like others', async (_, bytes) => {
    const gathered = await gather(network({ ...lists(), [urls.caCrl]: () => Promise.resolve(bytes) }).fetch);
    expect(codes(gathered).at(-1)).toBe('SOURCE_UNRECOGNISED');
  });
});

describe('kept answers', () => {
  it('serve until they end, and are then asked for anew', async () => {
    const store = memoryAnswerStore();
    const { fetch, asked } = network({ ...lists(), [urls.ocsp]: ({ body }) => ocspAnswer(body!) });
    await gather(fetch, { store });
    await gather(fetch, { store, now: after(4 * hour - 1) });
    expect(asked).toHaveLength(2);
    await gather(fetch, { store, now: after(4 * hour) });
    expect(asked.length).toBeGreaterThan(2);
  });

  it('are replaced by a worker when three quarters of their time are over', async () => {
    const store = memoryAnswerStore();
    const { fetch, asked } = network({ ...lists(), [urls.ocsp]: ({ body }) => ocspAnswer(body!) });
    await gather(fetch, { store });
    await gather(fetch, { store, now: after(3 * hour - 1), renewal: 'ahead' });
    expect(asked).toHaveLength(2);
    await gather(fetch, { store, now: after(3 * hour), renewal: 'ahead' });
    expect(asked.length).toBeGreaterThan(2);
  });

  it('are asked for with what the server said of them, and stay when nothing changed', async () => {
    const store = memoryAnswerStore();
    await gather(network(lists()).fetch, { store });
    const unchanged = network({
      [urls.rootCrl]: () => Promise.resolve(undefined),
      [urls.caCrl]: () => Promise.resolve(undefined),
    });
    const gathered = await gather(unchanged.fetch, { store, now: after(3.5 * hour), renewal: 'ahead' });
    expect(gathered.crls).toHaveLength(2);
    expect(unchanged.asked[0]?.unlessStill).toEqual({ etag: '"1"' });
  });

  it('are not replaced by older ones, which would hide a revocation', async () => {
    const store = memoryAnswerStore();
    const newer = network({ ...lists(), [urls.caCrl]: () => crlOf(ca, after(-1), 8, [holder]) });
    await gather(newer.fetch, { store });
    const older = network({ ...lists(), [urls.caCrl]: () => crlOf(ca, after(-hour), 7) });
    await gather(older.fetch, { store, now: after(3 * hour - 2), renewal: 'ahead' });
    const { crls } = await gather(network({}).fetch, { store });
    expect(crls.at(-1)?.entry(holder.serialNumber)).toBeDefined();
  });

  it('of one issuer do not stand in for another at the same address', async () => {
    const store = memoryAnswerStore();
    await gather(network(lists()).fetch, { store });
    const other = await testAuthority(root, 'Issuing');
    const { certificate } = await testHolder(other, { crlUrls: [urls.caCrl] });
    const anchors = [root.certificate];
    const at = times.now;
    const path = (await tieToAnchor({
      certificate,
      anchors,
      intermediates: [other.certificate],
      at,
      purpose: 'document-signing',
    }))!;
    const { fetch } = network({});
    const gathered = await gatherRevocation(path, {
      fetch,
      store,
      now: at,
      renewal: 'when-ended',
      nonce: 'asked',
      crls: [],
      ocsps: [],
    });
    expect(gathered.crls).toEqual([]);
  });
});

describe('certificates of issuers', () => {
  it('come as candidates, of that name alone', async () => {
    const { fetch } = network({ [urls.ca]: () => Promise.resolve(ca.certificate.der) });
    const { certificates } = await gatherIssuers(tied, { fetch });
    expect(certificates.map(({ serialNumber }) => serialNumber)).toEqual([ca.certificate.serialNumber]);
    const others = network({ [urls.ca]: () => Promise.resolve(root.certificate.der) });
    expect((await gatherIssuers(tied, { fetch: others.fetch })).certificates).toEqual([]);
  });
});

describe('a path that is tied to an anchor', () => {
  it('may have ended, but not be forged', async () => {
    const at = new Date('2031-01-01T00:00:00Z');
    expect(
      await tieToAnchor({ certificate: holder, ...pool(), at, purpose: 'document-signing' }),
    ).toBeDefined();
    const der = new Uint8Array(holder.der);
    der[der.length - 1]! ^= 1;
    const forged = parseCertificate(der);
    expect(
      await tieToAnchor({ certificate: forged, ...pool(), at: times.now, purpose: 'document-signing' }),
    ).toBeUndefined();
  });
});
