import { join, resolve } from 'node:path';
import { readFile } from 'node:fs/promises';
import type { DevelopmentServer } from '#certs-dev';
import { ensureDevelopmentPki, startDevelopmentPki } from '#certs-dev';
import type { PkiIndex } from '#directory';
import { derOrPem, parseCertificate, parseCrl } from '#pki';
import type { ValidationContext } from '#signing';

const folder = resolve(__dirname, '../../var/test/pki');

export interface TestPkiFolder {
  readonly folder: string;
  readonly index: PkiIndex;
}

/** The development PKI of all test runs: RSA keys take long, so it is made once and kept in var/test/. */
export async function testPkiFolder(): Promise<TestPkiFolder> {
  const { index } = await ensureDevelopmentPki({ out: folder });
  return { folder, index };
}

/** What a verifier who trusts the development root would hold. */
export async function trustOf(pki: TestPkiFolder): Promise<ValidationContext> {
  const files = (paths: readonly string[]): Promise<Uint8Array[]> =>
    Promise.all(paths.map((path) => readFile(join(pki.folder, path))));
  const certificates = async (paths: readonly string[]) =>
    (await files(paths)).flatMap((bytes) => derOrPem(bytes)).map((der) => parseCertificate(der));
  return {
    anchors: await certificates(pki.index.trust.anchors),
    intermediates: await certificates(pki.index.trust.intermediates),
    crls: (await files(pki.index.trust.crls)).map((der) => parseCrl(der)),
    ocsps: [],
    now: new Date(),
  };
}

/** Time-stamping authority, OCSP responder and CRLs, which a test may switch off and on again. */
export interface TrustServices {
  readonly tsaUrl: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function startTrustServices({ folder: pkiDir }: TestPkiFolder): Promise<TrustServices> {
  let running: DevelopmentServer | undefined = await startDevelopmentPki({ pkiDir, port: 0 });
  const { url } = running;
  return {
    tsaUrl: `${url}/tsa`,
    stop: async () => {
      await running?.close();
      running = undefined;
    },
    start: async () => {
      running ??= await startDevelopmentPki({ pkiDir, port: Number(new URL(url).port) });
    },
  };
}
