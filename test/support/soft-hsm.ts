import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import type { Certificate, KeyPairBytes } from '#pki';
import { derWriter } from '#pki';
import { isInstalled, runProgram } from './outside-programs';

/** SoftHSM: tokens in software, made at run time in a folder of their own. */
export interface SoftHsm {
  /** The PKCS#11 library. */
  readonly library: string;
  readonly folder: string;
  remove(): void;
}

interface StoredKey {
  /** CKA_ID, one octet. */
  readonly id: number;
  readonly label: string;
  readonly keys: KeyPairBytes;
  readonly certificates: readonly Certificate[];
  readonly uses?: readonly ('sign' | 'derive' | 'decrypt')[];
  readonly alwaysAuthenticate?: true;
}

export interface StoredToken {
  readonly label: string;
  readonly pin: string;
  readonly keys: readonly StoredKey[];
  /** Of authorities. */
  readonly certificates?: readonly Certificate[];
}

interface Addon {
  readonly PKCS11: new () => Library;
}

interface Library {
  load(path: string): void;
  C_Initialize(options: { readonly flags: number }): void;
  C_Finalize(): void;
  C_GetSlotList(tokenPresent: boolean): Buffer[];
  C_GetTokenInfo(slot: Buffer): { readonly label: string };
  C_OpenSession(slot: Buffer, flags: number): Buffer;
  C_Login(session: Buffer, user: number, pin: string): void;
  C_CreateObject(session: Buffer, template: readonly Attribute[]): Buffer;
}

interface Attribute {
  readonly type: number;
  readonly value: number | boolean | Buffer;
}

/** Where distributions put it. */
const libraries = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
];

function findLibrary(): string | undefined {
  return isInstalled('softhsm2-util') ? libraries.find((path) => existsSync(path)) : undefined;
}

function findAddon(): Addon | undefined {
  try {
    return createRequire(__filename)('pkcs11js') as Addon;
  } catch (cause) {
    if (process.env['CI'] === undefined) return undefined;
    throw new Error('the addon for PKCS#11 must be built where CI is set: npm run tokens', { cause });
  }
}

/** `describe` where SoftHSM is installed and the addon built (npm run tokens), else `describe.skip`. */
export function describeWithTokens(): jest.Describe {
  const isThere = findLibrary() !== undefined && findAddon() !== undefined;
  if (!isThere && process.env['CI'] !== undefined)
    throw new Error('SoftHSM must be installed where CI is set');
  return isThere ? describe : describe.skip;
}

/** Tokens that live until `remove`. The library must not be initialised in this process yet. */
export function startSoftHsm(tokens: readonly StoredToken[]): SoftHsm {
  const library = findLibrary();
  if (library === undefined) throw new Error('SoftHSM is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'sealpost-tokens-'));
  mkdirSync(join(folder, 'tokens'));
  const settings = [`directories.tokendir = ${join(folder, 'tokens')}`, 'log.level = ERROR', ''];
  writeFileSync(join(folder, 'softhsm2.conf'), settings.join('\n'));
  trueEnvironment()['SOFTHSM2_CONF'] = join(folder, 'softhsm2.conf');
  for (const { label, pin } of tokens) {
    const args = ['--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', '87654321'];
    const ran = runProgram('softhsm2-util', args);
    if (ran.status !== 0) throw new Error(`softhsm2-util: ${ran.output}`);
  }
  fill(library, tokens);
  return {
    library,
    folder,
    remove() {
      delete trueEnvironment()['SOFTHSM2_CONF'];
      rmSync(folder, { recursive: true });
    },
  };
}

/** Jest gives tests a copy of the environment; a native library reads the process's own. */
function trueEnvironment(): NodeJS.ProcessEnv {
  return runInThisContext('process.env') as NodeJS.ProcessEnv;
}

function fill(path: string, tokens: readonly StoredToken[]): void {
  const addon = findAddon();
  if (!addon) throw new Error('the addon for PKCS#11 is not built');
  const library = new addon.PKCS11();
  library.load(path);
  library.C_Initialize({ flags: 2 });
  try {
    const slots = library.C_GetSlotList(true);
    for (const token of tokens) {
      const slot = slots.find(
        (candidate) => library.C_GetTokenInfo(candidate).label.trimEnd() === token.label,
      );
      if (!slot) throw new Error(`no token ${token.label}`);
      const session = library.C_OpenSession(slot, 6);
      library.C_Login(session, 1, token.pin);
      for (const template of objectsOf(token)) library.C_CreateObject(session, template);
    }
  } finally {
    library.C_Finalize();
  }
}

function objectsOf({ keys, certificates = [] }: StoredToken): Attribute[][] {
  return [
    ...keys.flatMap((key) => [
      privateKey(key),
      ...key.certificates.map((own) => certificateObject(own, key.id, key.label)),
    ]),
    ...certificates.map((certificate) => certificateObject(certificate, 0xca, 'CA')),
  ];
}

/** Attributes by their numbers of PKCS#11 2.40. */
function certificateObject({ der, subject }: Certificate, id: number, label: string): Attribute[] {
  return [
    { type: 0x0, value: 1 },
    { type: 0x1, value: true },
    { type: 0x80, value: 0 },
    { type: 0x3, value: Buffer.from(label) },
    { type: 0x101, value: Buffer.from(subject.der) },
    { type: 0x102, value: Buffer.of(id) },
    { type: 0x11, value: Buffer.from(der) },
  ];
}

function privateKey({ id, label, keys, uses = ['sign'], alwaysAuthenticate }: StoredKey): Attribute[] {
  return [
    { type: 0x0, value: 3 },
    { type: 0x1, value: true },
    { type: 0x2, value: true },
    { type: 0x3, value: Buffer.from(label) },
    { type: 0x102, value: Buffer.of(id) },
    { type: 0x103, value: true },
    { type: 0x162, value: false },
    { type: 0x105, value: uses.includes('decrypt') },
    { type: 0x108, value: uses.includes('sign') },
    { type: 0x10c, value: uses.includes('derive') },
    ...(alwaysAuthenticate ? [{ type: 0x202, value: true }] : []),
    ...secretParts(keys.pkcs8),
  ];
}

function secretParts(pkcs8: Uint8Array): Attribute[] {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const jwk = key.export({ format: 'jwk' });
  const part = (type: number, value: string | undefined): Attribute => ({
    type,
    value: Buffer.from(value ?? '', 'base64url'),
  });
  if (jwk.kty === 'RSA') {
    const { n, e, d, p, q, dp, dq, qi } = jwk;
    const parts = [part(0x120, n), part(0x122, e), part(0x123, d), part(0x124, p), part(0x125, q)];
    return [{ type: 0x100, value: 0 }, ...parts, part(0x126, dp), part(0x127, dq), part(0x128, qi)];
  }
  const curve =
    jwk.kty === 'OKP'
      ? Buffer.concat([Buffer.of(0x13, 12), Buffer.from('edwards25519')])
      : Buffer.from(derWriter.derOid(curveOids[jwk.crv ?? ''] ?? ''));
  return [
    { type: 0x100, value: jwk.kty === 'OKP' ? 0x40 : 3 },
    { type: 0x180, value: curve },
    part(0x11, jwk.d),
  ];
}

const curveOids: Readonly<Record<string, string>> = {
  'P-256': '1.2.840.10045.3.1.7',
  'P-384': '1.3.132.0.34',
  'P-521': '1.3.132.0.35',
};
