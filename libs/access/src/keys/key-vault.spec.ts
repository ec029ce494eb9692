import { auditMigrations, AuditTrail, FindEntries, TrailScopes } from '#audit';
import type { AuditAction, EntryV1 } from '#audit';
import { verifySignature } from '#pki';
import type { PersonActor } from '#platform';
import { Clock, newId, NodeKeys, TestClock } from '#platform';
import type { TestDatabase } from '#platform/testing';
import { aPerson, aSystem, testDatabase } from '#platform/testing';
import { randomBytes } from 'node:crypto';
import { accessMigrations } from '../migrations';
import { aKey } from '../testing/a-key';
import type { KeyOwner } from './stored-key';
import { keyLimits } from './key-limits';
import type { KeyToImport } from './key-vault';
import { KeyVault } from './key-vault';

const right = '260726';
const wrong = '000000';
const nodeKeys = new NodeKeys(randomBytes(32));
const system = aSystem();

let database: TestDatabase;
let trail: AuditTrail;
let vault: KeyVault;

beforeAll(async () => {
  database = await testDatabase({ migrations: [...auditMigrations, ...accessMigrations] });
  trail = new AuditTrail(database.unitOfWork, new Clock());
  vault = new KeyVault(database.unitOfWork, trail, nodeKeys, new Clock());
});
afterAll(() => database.drop());

async function entriesAbout(keyId: string, action?: AuditAction): Promise<readonly EntryV1[]> {
  const { items } = await new FindEntries(database.unitOfWork, trail, new TrailScopes(new Clock())).find(
    system,
    {
      limit: 200,
      ...(action && { action }),
    },
  );
  return items.map(({ entry }) => entry).filter(({ subject }) => subject?.id === keyId);
}

async function keyOf(owner: KeyOwner, agencyId: string, given: Partial<KeyToImport> = {}): Promise<string> {
  const key = await aKey({ owner, agencyId, use: 'signing', protection: { pin: right }, ...given });
  await vault.import(system, key);
  const [facts] = await vault.keysOf(system, owner);
  return facts!.id;
}

async function personWithKey(): Promise<{ person: PersonActor; keyId: string }> {
  const person = aPerson({ roles: ['leader'] });
  return { person, keyId: await keyOf({ kind: 'person', id: person.personId }, person.agencyId) };
}

describe('unlocking a key', () => {
  it('gives a signer whose signatures the certificate verifies, and leaves an entry', async () => {
    const { person, keyId } = await personWithKey();
    const signer = await vault.unlock(person, keyId, right);
    const data = Buffer.from('Quyết định');
    const value = await signer.sign(data);
    expect(await verifySignature(signer.certificate.spki, signer.algorithm, data, value)).toBe(true);
    expect(await entriesAbout(keyId, 'key.unlocked')).toMatchObject([
      { outcome: 'success', actor: { person: person.personId } },
    ]);
  });

  it('refuses a wrong PIN with the number of attempts left, and records it', async () => {
    const { person, keyId } = await personWithKey();
    await expect(vault.unlock(person, keyId, wrong)).rejects.toMatchObject({
      code: 'PIN_WRONG',
      facts: { attemptsLeft: 4 },
    });
    expect(await entriesAbout(keyId, 'key.pin_refused')).toMatchObject([
      { outcome: 'failed', code: 'PIN_WRONG', details: { attempt: 1, attemptsLeft: 4 } },
    ]);
  });

  it('starts counting anew after a right PIN', async () => {
    const { person, keyId } = await personWithKey();
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 4; i += 1) await expect(vault.unlock(person, keyId, wrong)).rejects.toThrow();
      await vault.unlock(person, keyId, right);
    }
    const [facts] = await vault.keysOf(person, { kind: 'person', id: person.personId });
    expect(facts).toMatchObject({ state: 'ready', attemptsLeft: 5 });
  });

  it('locks after five wrong PINs, so that the right one does not help either', async () => {
    const { person, keyId } = await personWithKey();
    for (let i = 0; i < 5; i += 1) await expect(vault.unlock(person, keyId, wrong)).rejects.toThrow('PIN');
    await expect(vault.unlock(person, keyId, right)).rejects.toMatchObject({ code: 'KEY_LOCKED' });
    expect(await entriesAbout(keyId, 'key.locked')).toMatchObject([
      { outcome: 'denied', code: 'KEY_LOCKED' },
    ]);
    const [facts] = await vault.keysOf(person, { kind: 'person', id: person.personId });
    expect(facts).toMatchObject({ state: 'locked', attemptsLeft: 0 });
  });

  it('tries at most five of fifty parallel wrong PINs and leaves fifty entries', async () => {
    const { person, keyId } = await personWithKey();
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, () => vault.unlock(person, keyId, wrong)),
    );
    const codes = results.map((result) =>
      result.status === 'rejected' ? (result.reason as { code: string }).code : 'opened',
    );
    expect(codes.filter((code) => code === 'PIN_WRONG')).toHaveLength(5);
    expect(codes.filter((code) => code === 'KEY_LOCKED')).toHaveLength(45);
    const refusals = (await entriesAbout(keyId)).filter(({ action }) => action !== 'key.imported');
    expect(refusals).toHaveLength(50);
    expect(
      refusals
        .filter(({ action }) => action === 'key.pin_refused')
        .map(({ details }) => details?.['attempt'])
        .sort(),
    ).toEqual([1, 2, 3, 4, 5]);
  });

  it('does not give an attempt back when the process dies while the PIN is tried', async () => {
    const { person, keyId } = await personWithKey();
    // The trail fails after the attempt was counted, as a crash would.
    const dying = new KeyVault(
      database.unitOfWork,
      { record: () => Promise.reject(new Error('died')) } as unknown as AuditTrail,
      nodeKeys,
      new Clock(),
    );
    await expect(dying.unlock(person, keyId, wrong)).rejects.toThrow('died');
    await expect(dying.unlock(person, keyId, right)).rejects.toThrow('died');
    const [facts] = await vault.keysOf(person, { kind: 'person', id: person.personId });
    expect(facts?.attemptsLeft).toBe(3);
  });

  it("hides another person's key, without counting an attempt", async () => {
    const { person, keyId } = await personWithKey();
    const other = aPerson({ agencyId: person.agencyId, roles: ['leader'] });
    await expect(vault.unlock(other, keyId, right)).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
    await expect(vault.unlock(system, keyId, right)).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
    expect(await entriesAbout(keyId, 'access.denied')).toHaveLength(2);
    const [facts] = await vault.keysOf(person, { kind: 'person', id: person.personId });
    expect(facts?.attemptsLeft).toBe(5);
  });

  it("opens an agency's signing key for its clerks only", async () => {
    const agencyId = newId();
    const keyId = await keyOf({ kind: 'agency', id: agencyId }, agencyId);
    await expect(vault.unlock(aPerson({ agencyId, roles: ['leader'] }), keyId, right)).rejects.toMatchObject({
      code: 'KEY_NOT_FOUND',
    });
    await expect(vault.unlock(aPerson({ roles: ['clerk'] }), keyId, right)).rejects.toMatchObject({
      code: 'KEY_NOT_FOUND',
    });
    expect((await vault.unlock(aPerson({ agencyId, roles: ['clerk'] }), keyId, right)).algorithm.name).toBe(
      'ECDSA',
    );
  });

  it('says that a key cannot be read on a node with another node key, and records it', async () => {
    const { person, keyId } = await personWithKey();
    const elsewhere = new KeyVault(database.unitOfWork, trail, new NodeKeys(randomBytes(32)), new Clock());
    await expect(elsewhere.unlock(person, keyId, right)).rejects.toMatchObject({ code: 'KEY_UNREADABLE' });
    expect(await entriesAbout(keyId, 'key.unlocked')).toMatchObject([
      { outcome: 'failed', code: 'KEY_UNREADABLE' },
    ]);
  });
});

describe('importing a key', () => {
  it.each(['RSA-3072', 'P-384'] as const)('takes %s and signs with it', async (kind) => {
    const person = aPerson();
    const owner = { kind: 'person', id: person.personId } as const;
    const key = await aKey(
      { owner, agencyId: person.agencyId, use: 'signing', protection: { pin: right } },
      kind,
    );
    expect(await vault.import(system, key)).toBe(true);
    expect(await vault.import(system, key)).toBe(false);
    const [facts] = await vault.keysOf(person, owner);
    const signer = await vault.unlock(person, facts!.id, right);
    const value = await signer.sign(Buffer.from('x'));
    expect(await verifySignature(key.certificate.spki, signer.algorithm, Buffer.from('x'), value)).toBe(true);
    expect(await entriesAbout(facts!.id, 'key.imported')).toHaveLength(1);
  });

  it('refuses a key that does not belong to its certificate, a short PIN, and a person without a PIN', async () => {
    const owner = { kind: 'person', id: newId() } as const;
    const given = { owner, agencyId: newId(), use: 'signing', protection: { pin: right } } as const;
    const [a, b] = [await aKey(given), await aKey(given)];
    await expect(vault.wrap({ ...a, pkcs8: b.pkcs8 })).rejects.toMatchObject({ code: 'KEY_MISMATCH' });
    await expect(vault.wrap({ ...a, protection: { pin: '12345' } })).rejects.toMatchObject({
      code: 'PIN_TOO_SHORT',
    });
    await expect(vault.wrap({ ...a, protection: 'unattended' })).rejects.toThrow(TypeError);
  });

  it('keeps no private key readable in the table', async () => {
    const person = aPerson();
    const key = await aKey({
      owner: { kind: 'person', id: person.personId },
      agencyId: person.agencyId,
      use: 'signing',
      protection: { pin: right },
    });
    await vault.import(system, key);
    const [row] = await database.dataSource.query<[{ text: string }]>(
      'SELECT k::text AS text FROM access.stored_key k WHERE owner_id = $1',
      [person.personId],
    );
    // Any eight bytes in the middle of the key's secret would show.
    expect(row.text).not.toContain(Buffer.from(key.pkcs8).subarray(40, 48).toString('hex'));
  });
});

describe("an agency's evidence key", () => {
  it('opens without a PIN, once, and is recorded once', async () => {
    const agencyId = newId();
    await vault.import(
      system,
      await aKey({
        owner: { kind: 'agency', id: agencyId },
        agencyId,
        use: 'evidence',
        protection: 'unattended',
      }),
    );
    const signers = await Promise.all([1, 2, 3].map(() => vault.evidenceSigner(agencyId)));
    expect(new Set([...signers, await vault.evidenceSigner(agencyId)]).size).toBe(1);
    const [facts] = await vault.keysOf(system, { kind: 'agency', id: agencyId }, 'evidence');
    expect(facts).toMatchObject({ state: 'ready', attemptsLeft: null });
    expect(await entriesAbout(facts!.id, 'key.unlocked')).toHaveLength(1);
  });

  it('is asked for again after a minute, and follows a replacement', async () => {
    const clock = new TestClock('2026-11-21T00:00:00Z');
    const dated = new KeyVault(database.unitOfWork, trail, nodeKeys, clock);
    const agencyId = newId();
    const given = {
      owner: { kind: 'agency', id: agencyId },
      agencyId,
      use: 'evidence',
      protection: 'unattended',
    } as const;
    await dated.import(system, await aKey(given));
    const first = await dated.evidenceSigner(agencyId);
    clock.advance(1000);
    await dated.import(system, await aKey(given));
    expect(await dated.evidenceSigner(agencyId)).toBe(first);
    clock.advance(keyLimits.evidenceKeyRecheck);
    const second = await dated.evidenceSigner(agencyId);
    expect(second).not.toBe(first);
    clock.advance(keyLimits.evidenceKeyRecheck + 1);
    expect(await dated.evidenceSigner(agencyId)).toBe(second);
  });

  it('can be had from within a unit of work', async () => {
    const agencyId = newId();
    await vault.import(
      system,
      await aKey({
        owner: { kind: 'agency', id: agencyId },
        agencyId,
        use: 'evidence',
        protection: 'unattended',
      }),
    );
    const signer = await database.unitOfWork.run(system, () => vault.evidenceSigner(agencyId));
    expect(await signer.sign(Buffer.from('x'))).toBeInstanceOf(Uint8Array);
  });

  it('is told missing by a code', async () => {
    await expect(vault.evidenceSigner(newId())).rejects.toMatchObject({ code: 'NO_EVIDENCE_KEY' });
  });

  it('never opens by PIN, and a PIN key never as evidence key', async () => {
    const agencyId = newId();
    const owner = { kind: 'agency', id: agencyId } as const;
    const keyId = await keyOf(owner, agencyId, { use: 'evidence', protection: 'unattended' });
    await expect(vault.unlock(aPerson({ agencyId, roles: ['clerk'] }), keyId, right)).rejects.toMatchObject({
      code: 'KEY_NOT_FOUND',
    });
    const other = newId();
    await keyOf({ kind: 'agency', id: other }, other);
    await expect(vault.evidenceSigner(other)).rejects.toMatchObject({ code: 'NO_EVIDENCE_KEY' });
  });
});
