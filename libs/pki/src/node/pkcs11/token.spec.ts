import { constants, createPrivateKey, createPublicKey, diffieHellman, publicEncrypt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itWith, runOn } from '../../../../../test/support/outside-programs';
import { describeWithTokens, startSoftHsm } from '../../../../../test/support/soft-hsm';
import type { SoftHsm } from '../../../../../test/support/soft-hsm';
import type { SignatureAlgorithm } from '../../crypto/algorithms';
import { verifySignature } from '../../crypto/verify';
import { generateKeyPair } from '../../issuing/generate-keys';
import type { KeyKind } from '../../issuing/generate-keys';
import { issueCertificate } from '../../issuing/issue-certificate';
import { oids } from '../../oids';
import { toPem } from '../../pem';
import { asyncErrorCodeOf, errorCodeOf } from '../../testing/error-code';
import { testAuthority, testHolder, testRoot, times } from '../../testing/test-pki';
import type { TestAuthority, TestHolder } from '../../testing/test-pki';
import { mechanisms } from './constants';
import type { Cryptoki } from './cryptoki';
import { loadCryptoki } from './cryptoki';
import { openTokenModule } from './token-module';
import type { TokenModule } from './token-module';
import type { TokenSession } from './token-session';

const pin = '246810';
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const data = bytesOf('Quyết định số 12/QĐ-UBND');
const clerk = { label: 'Văn thư' };

/** How often the library was called, and what a test changes of it. */
const watched = { calls: new Map<keyof Cryptoki, number>(), change: {} as Partial<Cryptoki> };
const callsOf = (name: keyof Cryptoki): number => watched.calls.get(name) ?? 0;

function watch(path: string): Cryptoki {
  return new Proxy(loadCryptoki(path), {
    get(real, name: keyof Cryptoki): unknown {
      const found = watched.change[name] ?? real[name];
      return (...args: unknown[]): unknown => {
        watched.calls.set(name, callsOf(name) + 1);
        return Reflect.apply(found, real, args);
      };
    },
  });
}

/** As the addon throws it. */
function answering(code: number): () => never {
  return () => {
    throw Object.assign(new Error('CKR_SOMETHING'), { code });
  };
}

describeWithTokens()('a token', () => {
  const kinds = ['P-256', 'P-384', 'P-521', 'RSA-2048', 'Ed25519'] as const;
  let softHsm: SoftHsm;
  let issuing: TestAuthority;
  let holders: Map<KeyKind, TestHolder>;
  let module: TokenModule;
  let session: TokenSession;

  beforeAll(async () => {
    const root = await testRoot();
    issuing = await testAuthority(root);
    const made = kinds.map(async (kind) => [kind, await testHolder(issuing, { kind })] as const);
    holders = new Map(await Promise.all(made));
    const always = await testHolder(issuing);
    const foreign = await testHolder(issuing);
    const old = await testHolder(issuing);
    const renewed = await issueCertificate({
      subject: [[oids.commonName, 'Nguyễn Văn Thử']],
      spki: old.keys.spki,
      issuer: issuing.certificate,
      issuerKey: issuing.key,
      notBefore: times.start,
      notAfter: times.end,
    });
    softHsm = startSoftHsm([
      {
        label: clerk.label,
        pin,
        keys: [
          ...kinds.map((kind, id) => ({
            id,
            label: kind,
            keys: holders.get(kind)!.keys,
            certificates: [holders.get(kind)!.certificate],
            uses: ['sign', 'derive', 'decrypt'] as const,
          })),
          {
            id: 0x10,
            label: 'mỗi lần',
            keys: always.keys,
            certificates: [always.certificate],
            alwaysAuthenticate: true,
          },
          { id: 0x11, label: 'mismatched', keys: always.keys, certificates: [foreign.certificate] },
          { id: 0x12, label: 'renewed', keys: old.keys, certificates: [old.certificate, renewed] },
        ],
        certificates: [issuing.certificate, root.certificate],
      },
      { label: 'Lãnh đạo', pin: '135790', keys: [] },
    ]);
  });

  afterAll(() => {
    softHsm.remove();
  });

  beforeEach(async () => {
    watched.change = {};
    module = openTokenModule(softHsm.library, { load: watch });
    session = await module.open(clerk, bytesOf(pin));
    watched.calls.clear();
  });

  afterEach(async () => {
    watched.change = {};
    await session.close();
    await module.close();
  });

  const openWith = (text: string): Promise<TokenSession> => module.open(clerk, bytesOf(text));

  describe('lists', () => {
    it('the tokens that are plugged in', async () => {
      const tokens = await module.tokens();
      expect(tokens.map(({ label }) => label).toSorted()).toEqual(['Lãnh đạo', 'Văn thư']);
      expect(tokens[0]).toMatchObject({ pin: 'ok', model: 'SoftHSM v2' });
      expect(tokens[0]?.serial).toMatch(/^\w{16}$/);
    });

    it('its keys with certificate, chain and uses', async () => {
      const keys = await session.keys();
      const key = keys.find(({ label }) => label === 'P-384');
      expect(key).toMatchObject({ id: '01', uses: ['sign', 'decrypt', 'derive'], asksPinEachTime: false });
      expect(key?.certificate.der).toEqual(holders.get('P-384')!.certificate.der);
      expect(key?.chain.map(({ der }) => der)).toEqual([issuing.certificate.der]);
      expect(keys.find(({ label }) => label === 'mỗi lần')).toMatchObject({ asksPinEachTime: true });
      expect(keys).toHaveLength(kinds.length + 4);
    });
  });

  describe('signs', () => {
    const forms: readonly (readonly [KeyKind, SignatureAlgorithm | undefined])[] = [
      ...kinds.map((kind) => [kind, undefined] as const),
      ['RSA-2048', { name: 'RSA-PSS', hash: 'SHA-512' }],
      ['RSA-2048', { name: 'RSA-PKCS1', hash: 'SHA-384' }],
      ['P-256', { name: 'ECDSA', hash: 'SHA-512' }],
      ['P-521', { name: 'ECDSA', hash: 'SHA-256' }],
    ];

    it.each(forms)('with a %s key, by %j', async (kind, algorithm) => {
      const signer = await session.signer({ label: kind }, algorithm && { algorithm });
      const value = await signer.sign(data);
      expect(await verifySignature(signer.certificate.spki, signer.algorithm, data, value)).toBe(true);
    });

    itWith('openssl').each(['RSA-2048', 'P-256', 'P-521'] as const)(
      'with a %s key what openssl verifies',
      async (kind) => {
        const signer = await session.signer({ label: kind });
        const isPss = signer.algorithm.name === 'RSA-PSS';
        const pss = ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32'];
        const hash = `-${signer.algorithm.hash.toLowerCase().replace('-', '')}`;
        const run = runOn(
          'openssl',
          ['dgst', hash, '-verify', 'k.pem', ...(isPss ? pss : []), '-signature', 's', 'd'],
          { 'k.pem': toPem(signer.certificate.spki, 'PUBLIC KEY'), s: await signer.sign(data), d: data },
        );
        expect(run.output).toContain('Verified OK');
      },
    );

    const limited: readonly (readonly [string, SignatureAlgorithm, number, readonly number[]])[] = [
      ['PSS over a digest', { name: 'RSA-PSS', hash: 'SHA-256' }, 0x43, [mechanisms.rsaPss]],
      ['PSS of any kind', { name: 'RSA-PSS', hash: 'SHA-256' }, mechanisms.rsaRaw, [mechanisms.rsaPss, 0x43]],
      ['PKCS#1 over a digest', { name: 'RSA-PKCS1', hash: 'SHA-256' }, 0x40, [mechanisms.rsaPkcs]],
    ];

    it.each(limited)('where it has no %s', async (_, algorithm, used, missing) => {
      const real = loadCryptoki(softHsm.library);
      const asked: number[] = [];
      watched.change = {
        C_GetMechanismList: (slot) => real.C_GetMechanismList(slot).filter((type) => !missing.includes(type)),
        C_SignInit: (own, mechanism, key) => {
          asked.push(mechanism.mechanism);
          real.C_SignInit(own, mechanism, key);
        },
      };
      const signer = await session.signer({ label: 'RSA-2048' }, { algorithm });
      const value = await signer.sign(data);
      expect(asked).toEqual([used]);
      expect(await verifySignature(signer.certificate.spki, algorithm, data, value)).toBe(true);
    });

    it('not by what it does not know at all', async () => {
      watched.change = { C_GetMechanismList: () => [mechanisms.ecdsa] };
      expect(await asyncErrorCodeOf(() => session.signer({ label: 'RSA-2048' }))).toBe('TOKEN_UNSUPPORTED');
    });

    it('one at a time, whoever asks', async () => {
      const real = loadCryptoki(softHsm.library);
      let running = 0;
      let most = 0;
      watched.change = {
        C_SignAsync: async (...args) => {
          most = Math.max(most, (running += 1));
          const value = await real.C_SignAsync(...args);
          running -= 1;
          return value;
        },
      };
      const signers = await Promise.all(['P-256', 'RSA-2048'].map((label) => session.signer({ label })));
      const all = Array.from({ length: 12 }, (_, at) => signers[at % 2]!.sign(data));
      expect(await Promise.all(all)).toHaveLength(12);
      expect(most).toBe(1);
    });

    it('and hands out nothing its certificate does not verify', async () => {
      const signer = await session.signer({ label: 'mismatched' });
      expect(await asyncErrorCodeOf(() => signer.sign(data))).toBe('KEY_MISMATCH');
    });

    it('by the certificate chosen, where a key has two', async () => {
      expect(await asyncErrorCodeOf(() => session.signer({ label: 'renewed' }))).toBe('TOKEN_AMBIGUOUS');
      const found = (await session.keys()).filter(({ label }) => label === 'renewed');
      const signer = await session.signer({ thumbprint: found[1]!.thumbprint });
      expect(signer.certificate.der).toEqual(found[1]!.certificate.der);
    });
  });

  describe('opens what was sealed to it', () => {
    it.each(['P-256', 'P-384', 'P-521'] as const)('by the secret both sides of %s derive', async (kind) => {
      const agreement = await session.keyAgreement({ label: kind });
      const publicKey = createPublicKey({
        key: Buffer.from(agreement.certificate.spki),
        format: 'der',
        type: 'spki',
      });
      // Enough of them that a leading zero, which libraries like to drop, is met now and then.
      for (let turn = 0; turn < 16; turn += 1) {
        const peer = await generateKeyPair(kind);
        const privateKey = createPrivateKey({ key: Buffer.from(peer.pkcs8), format: 'der', type: 'pkcs8' });
        const expected = new Uint8Array(diffieHellman({ privateKey, publicKey }));
        expect(await agreement.agree(peer.spki)).toEqual(expected);
      }
    });

    it('never with a point of another curve or of none', async () => {
      const agreement = await session.keyAgreement({ label: 'P-256' });
      const other = await generateKeyPair('P-384');
      expect(await asyncErrorCodeOf(() => agreement.agree(other.spki))).toBe('KEY_MISMATCH');
      const { spki } = await generateKeyPair('P-256');
      spki[spki.length - 1]! ^= 1;
      expect(await asyncErrorCodeOf(() => agreement.agree(spki))).toBe('KEY_UNSUPPORTED');
      expect(callsOf('C_DeriveKey')).toBe(0);
    });

    it('by RSA-OAEP', async () => {
      const decrypter = await session.decrypter({ label: 'RSA-2048' });
      const spki = Buffer.from(decrypter.certificate.spki);
      const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
      const padding = constants.RSA_PKCS1_OAEP_PADDING;
      const encrypted = new Uint8Array(publicEncrypt({ key, padding, oaepHash: 'sha1' }, data));
      expect(await decrypter.decrypt(encrypted, 'SHA-1')).toEqual(data);
      // SoftHSM knows OAEP over SHA-1 alone.
      expect(await asyncErrorCodeOf(() => decrypter.decrypt(encrypted, 'SHA-256'))).toBe('TOKEN_UNSUPPORTED');
    });

    it('not by keys of the other kind', async () => {
      expect(await asyncErrorCodeOf(() => session.keyAgreement({ label: 'RSA-2048' }))).toBe(
        'TOKEN_UNSUPPORTED',
      );
      expect(await asyncErrorCodeOf(() => session.decrypter({ label: 'P-256' }))).toBe('TOKEN_UNSUPPORTED');
    });
  });

  describe('takes a PIN', () => {
    beforeEach(async () => {
      await session.close();
      watched.calls.clear();
    });

    it('once: a wrong one is never tried again, and is told with how the PIN stands', async () => {
      const wrong = bytesOf('000000');
      const opened = module.open(clerk, wrong);
      await expect(opened).rejects.toMatchObject({ code: 'TOKEN_PIN_WRONG', detail: { pin: 'count-low' } });
      expect(callsOf('C_Login')).toBe(1);
      expect(wrong).toEqual(new Uint8Array(6));
      expect((await module.tokens()).find(({ label }) => label === clerk.label)?.pin).toBe('count-low');
      session = await openWith(pin);
    });

    it.each([
      [0xa0, 'TOKEN_PIN_WRONG'],
      [0xa1, 'TOKEN_PIN_FORM'],
      [0xa2, 'TOKEN_PIN_FORM'],
      [0xa3, 'TOKEN_PIN_EXPIRED'],
      [0xa4, 'TOKEN_PIN_LOCKED'],
      [0x100, 'TOKEN_IN_USE'],
      [0x104, 'TOKEN_IN_USE'],
      [0xe0, 'TOKEN_REMOVED'],
      [0xb3, 'TOKEN_SESSION_CLOSED'],
      [0x30, 'TOKEN_FAILED'],
      [0x80000001, 'TOKEN_FAILED'],
    ])('and tells its answer %i apart as %s, after one try', async (value, code) => {
      watched.change = { C_Login: answering(value) };
      expect(await asyncErrorCodeOf(() => openWith(pin))).toBe(code);
      expect(callsOf('C_Login')).toBe(1);
      expect(callsOf('C_CloseSession')).toBe(callsOf('C_OpenSession'));
    });

    it('not at all when it says that it is locked, or when there is none', async () => {
      const real = loadCryptoki(softHsm.library);
      expect(await asyncErrorCodeOf(() => openWith(''))).toBe('TOKEN_PIN_FORM');
      watched.change = {
        C_GetTokenInfo: (slot) => ({ ...real.C_GetTokenInfo(slot), flags: 0x400 | 0x40000 }),
      };
      expect(await asyncErrorCodeOf(() => openWith(pin))).toBe('TOKEN_PIN_LOCKED');
      expect(callsOf('C_Login')).toBe(0);
    });

    it('of one user at a time: a second login is not believed unseen', async () => {
      session = await openWith(pin);
      expect(await asyncErrorCodeOf(() => openWith('000000'))).toBe('TOKEN_IN_USE');
      expect(await session.keys()).not.toHaveLength(0);
    });

    it('with a warning when few tries are left', async () => {
      const real = loadCryptoki(softHsm.library);
      const states: string[] = [];
      for (const flag of [0x10000, 0x30000, 0x70000, 0x80000]) {
        watched.change = {
          C_GetTokenInfo: (slot) => ({ ...real.C_GetTokenInfo(slot), flags: 0x400 | flag }),
        };
        states.push((await module.tokens())[0]!.pin);
      }
      expect(states).toEqual(['count-low', 'final-try', 'locked', 'to-be-changed']);
    });
  });

  describe('with a key that asks for the PIN each time', () => {
    it('asks a person once for each signature', async () => {
      let asked = 0;
      const given: Uint8Array[] = [];
      const askPin = (): Promise<Uint8Array> => {
        asked += 1;
        given.push(bytesOf(pin));
        return Promise.resolve(given.at(-1)!);
      };
      const signer = await session.signer({ label: 'mỗi lần' }, { askPin });
      for (const turn of [1, 2]) {
        const value = await signer.sign(data);
        expect(await verifySignature(signer.certificate.spki, signer.algorithm, data, value)).toBe(true);
        expect([asked, callsOf('C_Login')]).toEqual([turn, turn]);
      }
      expect(given.flatMap((octets) => [...octets])).toEqual(new Array(12).fill(0));
    });

    it('tells a wrong one, does not try it again, and can be used afterwards', async () => {
      const pins = ['000000', pin];
      const askPin = (): Promise<Uint8Array> => Promise.resolve(bytesOf(pins.shift() ?? ''));
      const signer = await session.signer({ label: 'mỗi lần' }, { askPin });
      expect(await asyncErrorCodeOf(() => signer.sign(data))).toBe('TOKEN_PIN_WRONG');
      expect(callsOf('C_Login')).toBe(1);
      expect((await signer.sign(data)).length).toBeGreaterThan(60);
    });

    it('is not used where nobody can be asked', async () => {
      expect(await asyncErrorCodeOf(() => session.signer({ label: 'mỗi lần' }))).toBe('TOKEN_PIN_NEEDED');
    });
  });

  describe('is missed', () => {
    it('when it, its key or its library is not there', async () => {
      const missing = [
        [() => module.open({ label: 'Không có' }, bytesOf(pin)), 'TOKEN_NOT_FOUND'],
        [() => module.open({ ...clerk, serial: '0' }, bytesOf(pin)), 'TOKEN_NOT_FOUND'],
        [() => module.open({}, bytesOf(pin)), 'TOKEN_AMBIGUOUS'],
        [() => session.signer({ label: 'không có' }), 'TOKEN_KEY_NOT_FOUND'],
      ] as const;
      for (const [run, code] of missing) expect(await asyncErrorCodeOf(run)).toBe(code);
      const text = join(softHsm.folder, 'text.so');
      writeFileSync(text, 'no library');
      expect(errorCodeOf(() => openTokenModule(text))).toBe('TOKEN_MODULE_FAILED');
      expect(errorCodeOf(() => openTokenModule('/none/pkcs11.so'))).toBe('TOKEN_MODULE_FAILED');
      expect(callsOf('C_Login')).toBe(0);
    });

    it('when it is pulled out, and leaves nothing open', async () => {
      const signer = await session.signer({ label: 'P-256' });
      watched.calls.clear();
      watched.change = { C_SignAsync: () => Promise.reject(Object.assign(new Error(), { code: 0x32 })) };
      expect(await asyncErrorCodeOf(() => signer.sign(data))).toBe('TOKEN_REMOVED');
      expect(callsOf('C_CloseSession')).toBe(callsOf('C_OpenSession'));
      watched.change = {
        C_OpenSession: answering(0xe0),
        C_Logout: answering(0x32),
        C_CloseSession: answering(0xb3),
      };
      expect(await asyncErrorCodeOf(() => signer.sign(data))).toBe('TOKEN_REMOVED');
      await session.close();
      expect(await asyncErrorCodeOf(() => signer.sign(data))).toBe('TOKEN_SESSION_CLOSED');
      watched.change = {};
      await (await loggedOut()).close();
    });

    /** The real token never noticed that it was pulled out. */
    async function loggedOut(): Promise<TokenModule> {
      await module.close();
      return (module = openTokenModule(softHsm.library, { load: watch }));
    }

    it('after its session or its library was closed', async () => {
      const signer = await session.signer({ label: 'P-256' });
      await session.close();
      await session.close();
      expect(await asyncErrorCodeOf(() => signer.sign(data))).toBe('TOKEN_SESSION_CLOSED');
      await module.close();
      expect(await asyncErrorCodeOf(() => module.tokens())).toBe('TOKEN_SESSION_CLOSED');
    });
  });

  describe("'s login", () => {
    it('is its own: what ended or was made anew by others is not acted on', async () => {
      const signer = await session.signer({ label: 'P-256' });
      const others = loadCryptoki(softHsm.library);
      const slot = others
        .C_GetSlotList(true)
        .find((found) => others.C_GetTokenInfo(found).label.startsWith('V'))!;
      const own = others.C_OpenSession(slot, 4);
      others.C_Logout(own);
      expect(await asyncErrorCodeOf(() => signer.sign(data))).toBe('TOKEN_SESSION_CLOSED');
      others.C_CloseSession(own);
    });

    it('ends when its user closes the library, even if others keep that open', async () => {
      const signer = await session.signer({ label: 'P-256' });
      const others = openTokenModule(softHsm.library, { load: watch });
      await module.close();
      module = others;
      const next = await openWith(pin);
      expect(await asyncErrorCodeOf(() => signer.sign(data))).toBe('TOKEN_SESSION_CLOSED');
      await session.close();
      expect(await next.keys()).not.toHaveLength(0);
      await next.close();
    });
  });

  describe("'s library", () => {
    it('is closed only after what is under way, and not at all when opened again meanwhile', async () => {
      const signer = await session.signer({ label: 'RSA-2048' });
      const signing = signer.sign(data);
      while (callsOf('C_SignAsync') === 0) await new Promise(setImmediate);
      const closing = module.close();
      module = openTokenModule(softHsm.library, { load: watch });
      expect((await signing).length).toBe(256);
      await closing;
      expect([callsOf('C_Logout'), callsOf('C_Finalize'), callsOf('C_Initialize')]).toEqual([1, 0, 0]);
      expect(await module.tokens()).toHaveLength(2);
    });

    it('is initialised once and finalised by the last who uses it', async () => {
      const second = openTokenModule(softHsm.library, { load: watch });
      expect(callsOf('C_Initialize')).toBe(0);
      await second.close();
      await second.close();
      expect(callsOf('C_Finalize')).toBe(0);
      await session.close();
      await module.close();
      expect(callsOf('C_Finalize')).toBe(1);
    });

    it('is not finalised when others had initialised it', async () => {
      await session.close();
      await module.close();
      const real = loadCryptoki(softHsm.library);
      real.C_Initialize({ flags: 2 });
      watched.calls.clear();
      await openTokenModule(softHsm.library, { load: watch }).close();
      expect(callsOf('C_Finalize')).toBe(0);
      real.C_Finalize();
    });

    it('is used without locks when it has none, and refused when it does not start', async () => {
      await session.close();
      await module.close();
      const real = loadCryptoki(softHsm.library);
      const flags: number[] = [];
      watched.change = {
        C_Initialize: (options) => {
          flags.push(options.flags);
          if (options.flags !== 0) answering(0xa)();
          real.C_Initialize(options);
        },
      };
      module = openTokenModule(softHsm.library, { load: watch });
      session = await openWith(pin);
      expect(flags).toEqual([2, 0]);
      expect(await session.keys()).not.toHaveLength(0);
      await session.close();
      await module.close();
      watched.change = { C_Initialize: answering(0x30) };
      expect(errorCodeOf(() => openTokenModule(softHsm.library))).toBe('TOKEN_MODULE_FAILED');
    });
  });
});

describe('a machine on which the addon was never built', () => {
  it('says so by a code, and only when a token is asked for', () => {
    jest.doMock('pkcs11js', () => {
      throw new Error('Cannot find module ./build/Release/pkcs11.node');
    });
    expect(errorCodeOf(() => openTokenModule('/usr/lib/any.so'))).toBe('PKCS11_UNAVAILABLE');
  });
});
