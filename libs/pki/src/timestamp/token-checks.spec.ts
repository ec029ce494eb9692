import { itWith, runOn } from '../../../../test/support/outside-programs';
import { digest } from '../crypto/engine';
import {
  derBitString,
  derExplicit,
  derImplicit,
  derInteger,
  derNamedBits,
  derNull,
  derOctetString,
  derSequence,
  derUtf8String,
} from '../der/writer';
import { PkiError } from '../errors';
import { randomSerial } from '../issuing/issue-certificate';
import { issueTimestampToken, timestampGranted } from '../issuing/issue-timestamp';
import type { TimestampIssueInput } from '../issuing/issue-timestamp';
import { encodeName } from '../issuing/names';
import { oids } from '../oids';
import { asyncErrorCodeOf, errorCodeOf } from '../testing/error-code';
import { testAuthority, testHolder, testRoot, testTsa, times } from '../testing/test-pki';
import type { TestAuthority, TestHolder } from '../testing/test-pki';
import { parseTimestampResponse, tokenInResponse } from './response';
import { orderOfTimestamps, parseTimestampToken } from './token';
import type { TimestampToken } from './token';
import { verifyTimestampToken } from './verify-token';

const policy = '1.3.6.1.4.1.99999.1';
const data = new TextEncoder().encode('Dấu thời gian');

describe('a time-stamp token', () => {
  let issuing: TestAuthority;
  let tsa: TestHolder;
  let imprint: Uint8Array;

  beforeAll(async () => {
    issuing = await testAuthority(await testRoot());
    tsa = await testTsa(issuing);
    imprint = await digest('SHA-256', data);
  });

  function issue(overrides: Partial<TimestampIssueInput> = {}): Promise<Uint8Array> {
    return issueTimestampToken({
      request: { imprint: { hash: 'SHA-256', digest: imprint }, nonce: undefined },
      signer: tsa.signer,
      genTime: times.now,
      policy,
      serialNumber: randomSerial(),
      ...overrides,
    });
  }

  async function failuresOf(token: Uint8Array, wanted: { policy?: string } = {}): Promise<readonly string[]> {
    const { failures } = await verifyTimestampToken(token, { imprintOf: data, ...wanted });
    return failures.map(({ code }) => code);
  }

  const directory = (der: Uint8Array): Uint8Array => derExplicit(4, der);

  it('is refused under another policy than the one asked for', async () => {
    const token = await issue();
    expect(await failuresOf(token, { policy })).toEqual([]);
    expect(await failuresOf(token, { policy: '1.3.6.1.4.1.99999.2' })).toEqual(['TST_POLICY_MISMATCH']);
    const response = timestampGranted(token);
    const expected = { digest: imprint, hash: 'SHA-256', policy: '1.2.3' } as const;
    expect(await asyncErrorCodeOf(() => parseTimestampResponse(response, expected))).toBe('TSA_BAD_TOKEN');
  });

  it('names its authority as the certificate does: subject or alternative name', async () => {
    const { subject } = tsa.certificate;
    expect(await failuresOf(await issue({ authority: directory(subject.der) }))).toEqual([]);
    const other = directory(encodeName([[oids.commonName, 'Another TSA']]));
    expect(await failuresOf(await issue({ authority: other }))).toEqual(['TST_AUTHORITY_MISMATCH']);

    const dns = (name: string): Uint8Array => derImplicit(2, derOctetString(new TextEncoder().encode(name)));
    const named = await testHolder(issuing, {
      extendedKeyUsage: { purposes: [oids.timeStamping], critical: true },
      extensions: [{ oid: oids.subjectAltName, value: derSequence(dns('tsa.example.vn')) }],
    });
    const { signer } = named;
    expect(await failuresOf(await issue({ signer, authority: dns('TSA.example.vn') }))).toEqual([]);
    const elsewhere = await issue({ signer, authority: dns('tsa.example.com') });
    expect(await failuresOf(elsewhere)).toEqual(['TST_AUTHORITY_MISMATCH']);
  });

  it('may carry extensions nobody has to know, and no others', async () => {
    const extension = { oid: '1.3.6.1.5.5.7.1.3', value: derSequence() };
    expect(await failuresOf(await issue({ extensions: [extension] }))).toEqual([]);
    const critical = await issue({ extensions: [{ ...extension, critical: true }] });
    expect(errorCodeOf(() => parseTimestampToken(critical))).toBe('TSA_BAD_TOKEN');
  });

  it('is refused when its imprint is by another algorithm or stands on SHA-1', async () => {
    const hash = 'SHA-512';
    const request = { imprint: { hash, digest: await digest(hash, data) }, nonce: undefined } as const;
    const token = await issue({ request });
    expect(await failuresOf(token)).toEqual([]);
    const wanted = await verifyTimestampToken(token, { digest: request.imprint.digest, hash: 'SHA-384' });
    expect(wanted.failures).toEqual([{ code: 'TST_IMPRINT_MISMATCH' }]);
    const weak = {
      imprint: { hash: 'SHA-1', digest: await digest('SHA-1', data) },
      nonce: undefined,
    } as const;
    expect(await failuresOf(await issue({ request: weak }))).toEqual(['TST_WEAK_DIGEST']);
  });

  describe('tells when, as exactly as it can', () => {
    const at = async (
      seconds: number,
      accuracyMs: number,
      more: Partial<TimestampIssueInput> = {},
    ): Promise<TimestampToken> => {
      const genTime = new Date(times.now.getTime() + seconds * 1000);
      return parseTimestampToken(await issue({ genTime, accuracyMs, ...more }));
    };

    it('by the earliest and latest moment', async () => {
      const { earliest, latest, genTime, accuracy } = await at(0, 1500);
      expect(accuracy).toBe(1_500_000);
      expect([genTime.getTime() - earliest.getTime(), latest.getTime() - genTime.getTime()]).toEqual([
        1500, 1500,
      ]);
    });

    it('and is before another only when no accuracy speaks against it', async () => {
      const first = await at(0, 1000);
      const second = await at(2, 900);
      const close = await at(2, 1000);
      const order = { isOneAuthority: false };
      expect(orderOfTimestamps(first, second, order)).toBe('before');
      expect(orderOfTimestamps(second, first, order)).toBe('after');
      expect(orderOfTimestamps(first, close, order)).toBe('unknown');
      expect(orderOfTimestamps(first, first, order)).toBe('unknown');
    });

    it('or when one authority made both and promises their order', async () => {
      const first = await at(0, 5000, { ordering: true });
      const second = await at(1, 5000, { ordering: true });
      expect(orderOfTimestamps(first, second, { isOneAuthority: true })).toBe('before');
      expect(orderOfTimestamps(second, first, { isOneAuthority: true })).toBe('after');
      expect(orderOfTimestamps(first, second, { isOneAuthority: false })).toBe('unknown');
      expect(orderOfTimestamps(first, await at(1, 5000), { isOneAuthority: true })).toBe('unknown');
    });
  });

  itWith('openssl')('is read from openssl ts -reply, with policy, accuracy, order and name', async () => {
    const folder = {
      'key.der': tsa.keys.pkcs8,
      'tsa.der': tsa.certificate.der,
      serial: '0F\n',
      data: data,
      'make.sh': [
        'set -e',
        'openssl pkey -inform DER -in key.der -out key.pem',
        'openssl x509 -inform DER -in tsa.der -out tsa.pem',
        `openssl ts -query -data data -sha384 -cert -tspolicy ${policy} -out q.tsq`,
        'openssl ts -reply -queryfile q.tsq -config ts.cnf -signer tsa.pem -inkey key.pem -token_out -out t.der',
      ].join('\n'),
      'ts.cnf': [
        '[tsa]',
        'default_tsa = one',
        '[one]',
        'serial = serial',
        'signer_digest = sha256',
        `default_policy = ${policy}`,
        'digests = sha384',
        'accuracy = secs:2, millisecs:7, microsecs:9',
        'clock_precision_digits = 3',
        'ordering = yes',
        'tsa_name = yes',
        'ess_cert_id_alg = sha256',
        '',
      ].join('\n'),
    };
    const run = runOn('sh', ['make.sh'], folder);
    expect(run).toMatchObject({ status: 0 });
    const made = parseTimestampToken(run.left.get('t.der')!);
    expect(made).toMatchObject({ policy, serial: '10', ordering: true, accuracy: 2_007_009 });
    expect(made.latest.getTime() - made.genTime.getTime()).toBe(2008);
    expect(made.authority).toMatchObject({ kind: 'directory' });
    expect(await failuresOf(made.der, { policy })).toEqual([]);
  });
});

describe('an answer without a token', () => {
  const answer = (status: number, bits: readonly number[], text = 'máy bận'): Uint8Array =>
    derSequence(
      derSequence(
        derInteger(status),
        derSequence(derUtf8String(text)),
        bits.length > 0 ? derNamedBits(bits) : undefined,
      ),
    );

  function refusal(response: Uint8Array): PkiError {
    try {
      tokenInResponse(response);
    } catch (error) {
      if (error instanceof PkiError) return error;
      throw error;
    }
    throw new Error('not refused');
  }

  it.each([
    [0, 'badAlg'],
    [2, 'badRequest'],
    [5, 'badDataFormat'],
    [14, 'timeNotAvailable'],
    [15, 'unacceptedPolicy'],
    [16, 'unacceptedExtension'],
    [17, 'addInfoNotAvailable'],
    [25, 'systemFailure'],
    [9, 'bit 9'],
  ])('names failure bit %i: %s', (bit, failures) => {
    const error = refusal(answer(2, [bit]));
    expect(error).toMatchObject({
      code: 'TSA_REJECTED',
      detail: { status: 'rejection', failures, text: 'máy bận' },
    });
  });

  it.each([
    [3, 'waiting'],
    [4, 'revocationWarning'],
    [5, 'revocationNotification'],
    [6, 'status 6'],
  ])('names status %i: %s', (status, name) => {
    expect(refusal(answer(status, []))).toMatchObject({ code: 'TSA_REJECTED', detail: { status: name } });
  });

  it('is no answer when it grants, or grants and refuses at once', () => {
    expect(refusal(answer(0, []))).toMatchObject({ code: 'TSA_BAD_TOKEN' });
    expect(refusal(answer(0, [2]))).toMatchObject({ code: 'TSA_BAD_TOKEN' });
    expect(refusal(derNull)).toMatchObject({ code: 'TSA_BAD_TOKEN' });
    expect(refusal(derSequence(derBitString(new Uint8Array(1))))).toMatchObject({ code: 'TSA_BAD_TOKEN' });
  });
});
