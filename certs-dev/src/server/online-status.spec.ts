import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PkiIndex } from '#directory';
import type { Certificate, Fetcher, PathResult } from '#pki';
import {
  memoryAnswerStore,
  gatherRevocation,
  parseCertificate,
  parsePem,
  tieToAnchor,
  validatePath,
} from '#pki';
import { guardedFetcher, parseFetchRule } from '#pki/node';
import { testPkiFolder } from '../../../test/support/development-pki';
import { startDevelopmentPki } from '..';
import type { DevelopmentServer } from '..';

let folder: string;
let index: PkiIndex;
let server: DevelopmentServer;
let anchors: readonly Certificate[];
let intermediates: readonly Certificate[];
beforeAll(async () => {
  ({ folder, index } = await testPkiFolder());
  server = await startDevelopmentPki({ pkiDir: folder, port: 0 });
  anchors = await all(index.trust.anchors);
  intermediates = await all(index.trust.intermediates);
});
afterAll(() => server.close());

const certificateIn = async (path: string): Promise<Certificate> => {
  const [der] = parsePem(await readFile(join(folder, path), 'utf8'));
  return parseCertificate(der!);
};
const all = (paths: readonly string[]): Promise<Certificate[]> => Promise.all(paths.map(certificateIn));

/** The certificates name the development port; this server has another one. */
function fetcher(paths: RegExp): Fetcher {
  const fetch = guardedFetcher({ rules: [parseFetchRule(server.url, { allowPrivate: true })] });
  return async (request) => {
    const { pathname } = new URL(request.url);
    return fetch({ ...request, url: paths.test(pathname) ? server.url + pathname : 'http://elsewhere.vn/' });
  };
}

async function verdict(certificate: Certificate, paths: RegExp): Promise<PathResult> {
  const input = { certificate, anchors, intermediates, at: new Date(), purpose: 'document-signing' } as const;
  const tied = await tieToAnchor(input);
  const asking = {
    store: memoryAnswerStore(),
    now: input.at,
    renewal: 'when-ended',
    nonce: 'required',
  } as const;
  const gathered = await gatherRevocation(tied!, { ...asking, fetch: fetcher(paths), crls: [], ocsps: [] });
  return validatePath({ ...input, ...gathered, revocation: 'required' });
}

describe('the development PKI over the network', () => {
  it.each([
    ['OCSP, by responders that were appointed', /^\/ocsp/, 'ocsp'],
    ['lists', /^\/crl\//, 'crl'],
  ] as const)('tells every status by %s, without any file', async (_, paths, source) => {
    const holder = index.holders.find(({ owner, use }) => owner.key === 'lanhdao.ubnd' && use === 'signing')!;
    const good = await verdict(await certificateIn(holder.certificate), paths);
    expect([good.status, good.revocation.map((finding) => finding.source)]).toEqual([
      'valid',
      [source, source],
    ]);
    const revoked = index.cases.find((found) => found.case === 'revoked' && found.owner.kind === 'person')!;
    const bad = await verdict(await certificateIn(revoked.certificate), paths);
    expect(bad.failures.map(({ code }) => code)).toEqual(['CERTIFICATE_REVOKED']);
  });
});
