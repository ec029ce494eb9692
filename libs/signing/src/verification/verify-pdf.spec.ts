import { parseCrl } from '#pki';
import type { Signer, TimestampSource } from '#pki';
import { signPdf, verifyPdf } from '..';
import type { SignatureReport, ValidationContext } from '..';
import { samplePdf } from '../testing/sample-pdfs';
import { localTimestamps, makeTestPki } from '../testing/test-pki';
import type { TestPki } from '../testing/test-pki';

const day = 86_400_000;
const now = new Date();
let pki: TestPki;
let upload: Uint8Array;

beforeAll(async () => {
  pki = await makeTestPki({ now });
  upload = await samplePdf({ pages: 1, xref: 'table' });
});

async function signedBy(
  signer: Signer,
  options: { claimedTime?: Date; timestamps?: TimestampSource } = {},
): Promise<Uint8Array> {
  return signPdf(upload, {
    fieldName: 'S',
    appearance: { kind: 'invisible' },
    claimedTime: now,
    signer,
    ...options,
  });
}

async function verdict(
  pdf: Uint8Array,
  context: ValidationContext = pki.context(now),
): Promise<SignatureReport> {
  const [signature] = (await verifyPdf(pdf, context)).signatures;
  if (!signature) throw new Error('no signature was found');
  return signature;
}

async function revoked(signer: Signer, at: Date): Promise<ValidationContext> {
  const context = pki.context(now);
  const [rootList] = context.crls ?? [];
  return {
    ...context,
    crls: [...(rootList ? [rootList] : []), parseCrl(await pki.crlRevoking(signer.certificate, at))],
  };
}

describe('revocation status that nothing at hand speaks about', () => {
  it('is asked for where it can be found, and decides the verdict', async () => {
    const { crls = [], ...bare } = pki.context(now);
    const pdf = await signedBy(pki.person);
    expect(await verdict(pdf, bare)).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'TRY_LATER',
    });
    const asked: string[] = [];
    const findRevocation: ValidationContext['findRevocation'] = ({ certificate, purpose }) => {
      asked.push(`${purpose} ${certificate.serialNumber}`);
      return Promise.resolve({ crls, ocsps: [] });
    };
    expect(await verdict(pdf, { ...bare, findRevocation })).toMatchObject({ indication: 'TOTAL-PASSED' });
    expect(asked).toEqual([`document-signing ${pki.person.certificate.serialNumber}`]);
    expect(await verdict(pdf, { ...bare, crls, findRevocation })).toMatchObject({
      indication: 'TOTAL-PASSED',
    });
    expect(asked).toHaveLength(1);
  });

  it('is not asked for where no anchor is reached', async () => {
    const stranger = await makeTestPki({ now });
    const findRevocation = (): never => {
      throw new Error('must not be asked');
    };
    const context = { anchors: [stranger.root], findRevocation, now };
    const { subIndication } = await verdict(await signedBy(pki.person), context);
    expect(subIndication).toBe('NO_CERTIFICATE_CHAIN_FOUND');
  });
});

describe('the verdict on a whole signature', () => {
  it('is open, with integrity told, where nothing is trusted', async () => {
    const signature = await verdict(await signedBy(pki.person), { anchors: [], now });
    expect(signature).toMatchObject({
      integrity: 'INTACT',
      coverage: 'ENTIRE_FILE',
      laterChanges: 'NONE',
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
    });
    expect(signature.signer).toMatchObject({ name: 'Nguyễn Thị Ánh Ngọc', organization: 'Sở Thử nghiệm' });
  });

  it('is open under an anchor that did not issue the certificate', async () => {
    const other = await makeTestPki({ now });
    expect(await verdict(await signedBy(pki.person), other.context(now))).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
    });
  });

  it('is open without revocation data: missing data never means good', async () => {
    const signature = await verdict(await signedBy(pki.person), { ...pki.context(now), crls: [] });
    expect(signature).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'TRY_LATER' });
    expect(signature.messages.map(({ code }) => code)).toContain('REVOCATION_UNKNOWN');
  });

  it('fails where the signer claims a time after the revocation', async () => {
    const pdf = await signedBy(pki.person);
    expect(await verdict(pdf, await revoked(pki.person, new Date(now.getTime() - day)))).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'REVOKED',
    });
  });

  it('is open where a revoked certificate may have signed before, and no time-stamp proves it', async () => {
    const pdf = await signedBy(pki.person, { claimedTime: new Date(now.getTime() - 3 * day) });
    expect(await verdict(pdf, await revoked(pki.person, new Date(now.getTime() - day)))).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'REVOKED_NO_POE',
    });
  });

  it('passes where a time-stamp proves that the signature came before the revocation', async () => {
    const earlier = new Date(Math.floor(now.getTime() / 1000) * 1000 - 6 * 3_600_000);
    const tsa = await pki.holder({ name: 'TSA', keyKind: 'P-256', timestamping: true });
    const pdf = await signedBy(pki.person, {
      claimedTime: earlier,
      timestamps: localTimestamps(tsa, () => earlier),
    });
    const signature = await verdict(pdf, await revoked(pki.person, new Date(now.getTime() - 3_600_000)));
    expect(signature).toMatchObject({
      indication: 'TOTAL-PASSED',
      level: 'PAdES-B-T',
      timestampTime: earlier.toISOString(),
    });
  });

  it('is open where the certificate expired and nothing proves the time', async () => {
    const short = await pki.holder({
      name: 'Ngắn hạn',
      keyKind: 'P-256',
      notAfter: new Date(now.getTime() - day),
    });
    const pdf = await signedBy(short, { claimedTime: new Date(now.getTime() - 2 * day) });
    expect(await verdict(pdf)).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'OUT_OF_BOUNDS_NO_POE',
    });
  });

  it('is open for a certificate issued for another purpose', async () => {
    const wrong = await pki.holder({
      name: 'Chỉ mã hóa',
      keyKind: 'RSA-2048',
      keyUsage: ['keyEncipherment'],
    });
    const signature = await verdict(await signedBy(wrong));
    expect(signature).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
    });
    expect(signature.messages.map(({ code }) => code)).toContain('CERTIFICATE_WRONG_USAGE');
  });

  it('does not believe a time-stamp of an authority that is none', async () => {
    const signature = await verdict(await signedBy(pki.person, { timestamps: localTimestamps(pki.agency) }));
    expect(signature.timestampTime).toBeNull();
    expect(signature.indication).toBe('INDETERMINATE');
    expect(signature.messages.map(({ code }) => code)).toContain('TIMESTAMP_INVALID');
  });

  it('does not believe a time-stamp of an untrusted authority', async () => {
    const other = await makeTestPki({ now });
    const signature = await verdict(await signedBy(pki.person, { timestamps: other.timestamps }));
    expect(signature).toMatchObject({ timestampTime: null, indication: 'TOTAL-PASSED' });
    expect(signature.messages.map(({ code }) => code)).toContain('TIMESTAMP_UNTRUSTED');
  });

  it('says everything in both languages', async () => {
    const signature = await verdict(await signedBy(pki.person), { anchors: [], now });
    for (const message of signature.messages) {
      expect(message.vi).toMatch(/[à-ỹđ]/u);
      expect(message.en).not.toBe('');
    }
  });
});

describe('a file without a verdict', () => {
  it('is unsigned: no signature, no error', async () => {
    expect(await verifyPdf(upload, pki.context(now))).toEqual({
      indication: null,
      error: null,
      signatures: [],
    });
  });

  it.each([
    ['PDF_EMPTY', new Uint8Array()],
    ['NOT_A_PDF', new TextEncoder().encode('hello')],
  ])('is unreadable with %s', async (code, bytes) => {
    const report = await verifyPdf(bytes, pki.context(now));
    expect(report).toMatchObject({ indication: null, error: { code }, signatures: [] });
  });
});
