import { newId } from '#platform';
import { aPerson, aSystem, anAnonymous } from '#platform/testing';
import { canonicalBytes } from '#translog';
import type { AuditEvent } from './audit-event';
import type { EntryV1 } from './entry-format';
import { composeEntry, decodeEntry, encodeEntry, maxEntryBytes, projectionsOf } from './entry-format';

const at = new Date('2026-11-21T07:05:09.123Z');
const salt = new Uint8Array(16).fill(7);
const event: AuditEvent = { action: 'document.read', outcome: 'success' };

describe('an entry of format version 1', () => {
  it('has exactly these bytes', () => {
    const person = aPerson({
      personId: '11111111-1111-4111-8111-111111111111',
      agencyId: '22222222-2222-4222-8222-222222222222',
      postId: '33333333-3333-4333-8333-333333333333',
      sessionId: '44444444-4444-4444-8444-444444444444',
      ip: '2001:db8::7',
      requestId: 'r-1',
    });
    const entry = composeEntry(
      person,
      {
        action: 'document.returned',
        outcome: 'success',
        documentId: '55555555-5555-4555-8555-555555555555',
        reason: 'Sai thể thức ở trang 2',
        before: 'a'.repeat(64),
        after: 'b'.repeat(64),
        details: { draft: 2, urgent: false, step: null },
      },
      at,
      salt,
    );
    // Entries are kept for ever: this text may only change together with the version number.
    expect(Buffer.from(encodeEntry(entry)).toString('utf8')).toBe(
      '{"action":"document.returned","actor":{"address":"2001:db8::7","agency":"22222222-2222-4222-8222-222222222222",' +
        '"kind":"person","person":"11111111-1111-4111-8111-111111111111","post":"33333333-3333-4333-8333-333333333333",' +
        '"request":"r-1","session":"44444444-4444-4444-8444-444444444444"},' +
        `"after":"${'b'.repeat(64)}","at":"2026-11-21T07:05:09.123Z","before":"${'a'.repeat(64)}",` +
        '"details":{"draft":2,"step":null,"urgent":false},"document":"55555555-5555-4555-8555-555555555555",' +
        '"outcome":"success","reason":"Sai thể thức ở trang 2","salt":"07070707070707070707070707070707","v":1}',
    );
  });

  it.each([
    ['a person', aPerson()],
    ['the system', aSystem({ agencyId: newId() })],
    ['nobody known', anAnonymous()],
    [
      'another node',
      {
        kind: 'node',
        nodeId: 'node-2',
        certificateThumbprint: 'c'.repeat(64),
        ip: '10.0.0.2',
        requestId: 'r',
      } as const,
    ],
  ])('comes back as it was written, for %s', (_who, actor) => {
    const entry = composeEntry(actor, event, at, salt);
    expect(decodeEntry(encodeEntry(entry))).toEqual(entry);
  });

  it('keeps text with half a surrogate pair, made whole, rather than losing the entry', () => {
    const entry = composeEntry(
      anAnonymous(),
      { ...event, reason: 'x\ud800', details: { path: '/\udc00' }, subject: { type: 'path', id: '\ud800' } },
      at,
      salt,
    );
    expect(decodeEntry(encodeEntry(entry))).toMatchObject({
      reason: 'x\ufffd',
      details: { path: '/\ufffd' },
    });
  });

  it('is searched by ids only where they are ids, in lower case', () => {
    const id = newId();
    const person = aPerson({ agencyId: id });
    const projections = projectionsOf(
      composeEntry(person, { ...event, documentId: id.toUpperCase() }, at, salt),
    );
    expect(projections).toMatchObject({ documentId: id, agencyId: id, personId: person.personId });
    expect(
      projectionsOf(composeEntry(person, { ...event, documentId: "x'; DROP" }, at, salt)).documentId,
    ).toBeNull();
  });

  it('belongs to the agency that the event names, where the actor has none', () => {
    const agencyId = newId();
    expect(projectionsOf(composeEntry(anAnonymous(), { ...event, agencyId }, at, salt)).agencyId).toBe(
      agencyId,
    );
  });

  it('is refused above 64 KB, and written just below', () => {
    const entryOf = (reason: string): EntryV1 => composeEntry(anAnonymous(), { ...event, reason }, at, salt);
    const empty = encodeEntry(entryOf('')).length;
    expect(encodeEntry(entryOf('x'.repeat(maxEntryBytes - empty)))).toHaveLength(maxEntryBytes);
    expect(() => encodeEntry(entryOf('x'.repeat(maxEntryBytes - empty + 1)))).toThrow(/65537 bytes/);
  });

  it('is refused when a digest is none, or a fact is no small fact', () => {
    expect(() => encodeEntry(composeEntry(anAnonymous(), { ...event, before: 'ABC' }, at, salt))).toThrow(
      /before/,
    );
    expect(() =>
      encodeEntry(composeEntry(anAnonymous(), { ...event, details: { n: 1.5 } }, at, salt)),
    ).toThrow(/details/);
  });

  const good = composeEntry(aPerson(), event, at, salt);
  it.each<[string, unknown]>([
    ['another version', { ...good, v: 2 }],
    ['an unknown action', { ...good, action: 'document.burnt' }],
    ['an unknown outcome', { ...good, outcome: 'maybe' }],
    ['an unknown member', { ...good, extra: 1 }],
    ['an unknown member of the actor', { ...good, actor: { ...good.actor, rank: 'general' } }],
    ['a short salt', { ...good, salt: '00' }],
    ['no salt', { ...good, salt: undefined }],
    ['another spelling of the time', { ...good, at: '2026-11-21T07:05:09Z' }],
    ['a nested fact', { ...good, details: { a: { b: 1 } } }],
    ['a list', [good]],
  ])('is not read from bytes with %s', (_what, value) => {
    const bytes = canonicalBytes(JSON.parse(JSON.stringify(value)));
    expect(() => decodeEntry(bytes)).toThrow(/not an entry of version 1/);
  });

  it('is not read from bytes that are not canonical', () => {
    expect(() => decodeEntry(Buffer.from(JSON.stringify(good, null, 1)))).toThrow(/canonical/);
  });
});
