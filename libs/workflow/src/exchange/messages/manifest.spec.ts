import fc from 'fast-check';

import { canonicalBytes } from '#translog';
import { newId } from '#platform';

import { ExchangeError } from '../exchange-error';
import { testAuthority } from '../testing/test-authority';
import type { TestAuthority } from '../testing/test-authority';
import { issuedDocument, testMessage } from '../testing/test-message';
import { testPdf } from '../testing/test-pdf';
import { openMessage } from '../incoming/open-message';
import { parseEnvelope } from './envelope';
import { makeManifest, manifestBytes, parseManifest } from './manifest';

const sender = { code: '000.00.00.A01', name: 'Văn phòng Tỉnh ủy' };
const recipient = { code: '000.00.00.B02', name: 'Ủy ban nhân dân tỉnh' };
const at = new Date('2026-11-21T03:00:00Z');
const files = [
  { bytes: testPdf(3), pages: 3 },
  { bytes: testPdf(1, 'annex'), pages: 1 },
];

const marks = { secrecy: 'THUONG', urgency: 1, urgencyAt: null };

const malformed = expect.objectContaining({ code: 'MESSAGE_MALFORMED' }) as Error;

function manifest(): ReturnType<typeof makeManifest> {
  return makeManifest(issuedDocument(sender, files), { id: newId(), createdAt: at, sender, recipient });
}

/** The first file altered. */
function file(change: object, pages = 4): object {
  const [main, ...others] = manifest().files;
  return { files: [{ ...main, ...change }, ...others], counts: { files: 2, pages } };
}

describe('a manifest', () => {
  it('is read back as it was written, with its counts', () => {
    const written = manifest();
    expect(parseManifest(manifestBytes(written))).toEqual(written);
    expect(written.counts).toEqual({ files: 2, pages: 4 });
  });

  it('names the time of a timed express document', () => {
    const urgencyAt = new Date('2026-12-01T08:30:00+07:00');
    const issued = issuedDocument(sender, files, { urgency: 4, urgencyAt });
    const written = makeManifest(issued, { id: newId(), createdAt: at, sender, recipient });
    expect(parseManifest(manifestBytes(written)).marks).toEqual({
      secrecy: 'THUONG',
      urgency: 4,
      urgencyAt: '2026-12-01T01:30:00.000Z',
    });
  });

  it.each([
    ['a member more', { extra: 1 }],
    ['other counts', { counts: { files: 2, pages: 5 } }],
    ['a document of another agency', { document: { ...manifest().document, agencyCode: recipient.code } }],
    ['no files', { files: [], counts: { files: 0, pages: 0 } }],
    ['another version', { v: 2 }],
    ['an unknown secrecy', { marks: { ...marks, secrecy: 'GEHEIM' } }],
    ['a timed express document without its time', { marks: { ...marks, urgency: 4 } }],
    ['a time on any other', { marks: { ...marks, urgencyAt: at.toISOString() } }],
    ['a time that is none', { marks: { ...marks, urgency: 4, urgencyAt: '2026-12-01T08:30:00+07:00' } }],
    ['marks without a word on the time', { marks: { secrecy: 'THUONG', urgency: 1 } }],
    ['a moment that does not exist', { createdAt: '2026-13-40T99:00:00.000Z' }],
    ['a day that does not exist', { document: { ...manifest().document, issuedOn: '2026-02-31' } }],
    ['a year that does not exist', { document: { ...manifest().document, issuedOn: '0000-01-01' } }],
    ['a character that no row can keep', { abstract: 'Về việc\u0000' }],
    ['a mark that turns the reading round', { abstract: 'Về việc \u202egnôhk' }],
    ['a file that is no PDF', file({ mediaType: 'text/html' })],
    ['a file name that hides its end', file({ title: 'Phụ lục \u202efdp.exe' })],
    ['more pages than can be counted', file({ pages: 2 ** 31 }, 2 ** 31 + 1)],
  ])('is refused with %s', (_what, change) => {
    const bytes = canonicalBytes({ ...manifest(), ...change });
    expect(() => parseManifest(bytes)).toThrow(malformed);
  });

  it('is refused when it is not canonical', () => {
    const bytes = new TextEncoder().encode(JSON.stringify(manifest(), null, 1));
    expect(() => parseManifest(bytes)).toThrow(malformed);
  });
});

describe('a message', () => {
  let authority: TestAuthority;
  beforeAll(async () => {
    authority = await testAuthority();
  });

  it('opens with the evidence certificate of its sender', async () => {
    const message = await testMessage(await authority.evidenceSigner(sender.code), {
      sender,
      recipient,
      files,
      at,
    });
    const envelope = parseEnvelope(message.envelope);
    if (envelope.kind !== 'document') throw new Error('not a document');
    const opened = await openMessage(envelope, authority.trust, at);
    expect(opened.manifest).toEqual(message.manifest);
    expect(opened.submission.event).toBe('A.1');
  });

  it('does not open when another agency signed it', async () => {
    const message = await testMessage(await authority.evidenceSigner(recipient.code), {
      sender,
      recipient,
      files,
      at,
    });
    await expect(openMessage(documentIn(message.envelope), authority.trust, at)).rejects.toMatchObject({
      code: 'MESSAGE_WRONG_SENDER',
    });
  });

  it('does not open when an authority unknown here vouches for the sender', async () => {
    const stranger = await testAuthority('Stranger');
    const message = await testMessage(await stranger.evidenceSigner(sender.code), {
      sender,
      recipient,
      files,
      at,
    });
    await expect(openMessage(documentIn(message.envelope), authority.trust, at)).rejects.toMatchObject({
      code: 'MESSAGE_WRONG_SENDER',
    });
  });

  it('does not open with a certificate that has expired', async () => {
    const signer = await authority.evidenceSigner(sender.code, {
      notAfter: new Date('2026-01-01T00:00:00Z'),
    });
    const message = await testMessage(signer, { sender, recipient, files, at });
    await expect(openMessage(documentIn(message.envelope), authority.trust, at)).rejects.toMatchObject({
      code: 'MESSAGE_WRONG_SENDER',
    });
  });

  it('does not open with the evidence of another submission', async () => {
    const signer = await authority.evidenceSigner(sender.code);
    const one = await testMessage(signer, { sender, recipient, files, at });
    const other = await testMessage(signer, { sender, recipient, files, at });
    const envelope = { kind: 'document' as const, manifest: one.manifestCms, submission: other.submission };
    await expect(openMessage(envelope, authority.trust, at)).rejects.toMatchObject({
      code: 'MESSAGE_NOT_AUTHENTIC',
    });
  });

  // A few bits of a CMS are not signed and mean nothing (versions, the list of digest algorithms, case in a name).
  it('never says anything else when any single bit of the signed manifest is flipped', async () => {
    const message = await testMessage(await authority.evidenceSigner(sender.code), {
      sender,
      recipient,
      files,
      at,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: message.manifestCms.length - 1 }),
        fc.nat({ max: 7 }),
        async (index, bit) => {
          const altered = message.manifestCms.slice();
          altered[index] = (altered[index] ?? 0) ^ (1 << bit);
          const envelope = { kind: 'document' as const, manifest: altered, submission: message.submission };
          const opened = await openMessage(envelope, authority.trust, at).catch((error: unknown) => error);
          if (opened instanceof ExchangeError) return;
          expect(opened).toMatchObject({
            manifest: message.manifest,
            manifestSha256: message.manifestSha256,
          });
        },
      ),
      { numRuns: 400 },
    );
  });
});

function documentIn(bytes: Uint8Array): Extract<ReturnType<typeof parseEnvelope>, { kind: 'document' }> {
  const envelope = parseEnvelope(bytes);
  if (envelope.kind !== 'document') throw new Error('not a document');
  return envelope;
}
