import { KeyVault } from '#access';
import type { PkiCase } from '#directory';
import { demoAgency, demoPerson, demoPin, pkiCases } from '#directory';
import { ProblemRegistry } from '#platform';
import { aSystem } from '#platform/testing';
import { verifyPdf } from '#signing';
import { until } from '../../apps/launcher/src/job/receive';
import type { Reply } from '../support/caller';
import { Desk, ok, staffs } from '../support/desk';
import { trustOf } from '../support/development-pki';
import { withCase } from '../support/holder-keys';
import { expectRefusal } from '../support/refusals';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';
import { entriesOfAction, entriesOfDocument } from '../support/trail';

/** Certificates that must not sign, PINs that are wrong, time-stamps that cannot be had. */

let node: TestNode;
let desk: Desk;
beforeAll(async () => {
  node = await startTestNode();
  desk = new Desk(node, staffs.provinceBoard);
}, 120_000);
afterAll(() => node.close());

const codes: Readonly<Record<PkiCase['case'], string>> = {
  expired: 'CERTIFICATE_EXPIRED',
  'not-yet-valid': 'CERTIFICATE_NOT_YET_VALID',
  revoked: 'CERTIFICATE_REVOKED',
  suspended: 'CERTIFICATE_SUSPENDED',
  'wrong-usage': 'CERTIFICATE_WRONG_USAGE',
  untrusted: 'CERTIFICATE_NOT_TRUSTED',
};

const versions = async (id: string): Promise<number> =>
  (await node.query('SELECT 1 FROM workflow.file_version WHERE document_id = $1', [id])).length;

describe('a certificate that is', () => {
  it.each(pkiCases)('%s signs neither for its person nor for an agency', async (name) => {
    const code = codes[name];
    const message = node.app.get(ProblemRegistry, { strict: false }).find(code);
    for (const [purpose, owner, ready, action] of [
      [
        'personal',
        { kind: 'person', id: demoPerson('lanhdao.tinhuy').id },
        'APPROVED',
        'document.person_signed',
      ],
      [
        'agency',
        { kind: 'agency', id: demoAgency('tinhuy').id },
        'NUMBERED',
        'document.agency_signature_failed',
      ],
    ] as const) {
      const id = await (purpose === 'personal' ? desk.approved() : desk.numbered());
      const stored = await versions(id);
      const [outcome] = await withCase(node, name, owner, () => desk.trySign(purpose, [id]));
      expect(outcome).toEqual({
        documentId: id,
        outcome: 'failed',
        code,
        message: { vi: message?.vi, en: message?.en },
      });
      expect([await desk.stateOf(id), await versions(id)]).toEqual([ready, stored]);
      const refusals = (await entriesOfDocument(node, id)).filter((entry) => entry.outcome !== 'success');
      expect(refusals).toMatchObject([{ action, outcome: 'failed', code }]);
      // With the right key again, the same document is signed.
      await desk.sign(purpose, [id]);
    }
  });
});

describe('a PIN', () => {
  const leader = demoPerson('lanhdao.tinhuy').id;

  async function release(): Promise<Reply> {
    const keys = await node.app
      .get(KeyVault, { strict: false })
      .keysOf(aSystem(), { kind: 'person', id: leader });
    const administrator = await node.as('quantri.tinhuy');
    return administrator.post(`/keys/${keys[0]!.id}/release`, { reason: 'Đã nhận diện người giữ khóa' });
  }

  async function tryPin(operation: string, pin: string): Promise<Reply> {
    return (await desk.leader).post(`/signing-operations/${operation}/confirm`, { pin });
  }

  it('that is wrong five times locks the key, until an administrator releases it', async () => {
    const id = await desk.approved();
    const operation = await desk.prepare('personal', [id]);
    for (const attemptsLeft of [4, 3, 2, 1, 0]) {
      const reply = await tryPin(operation, '000000');
      await expectRefusal(node, reply, '403 PIN_WRONG');
      expect(reply.body).toMatchObject({ attemptsLeft });
    }
    const right = await tryPin(operation, demoPin);
    const { entry } = await expectRefusal(node, right, '423 KEY_LOCKED');
    expect(entry).toMatchObject({ action: 'key.locked', actor: { person: leader } });
    expect(await desk.stateOf(id)).toBe('APPROVED');
    expect((await release()).status).toBe(204);
    expect((await tryPin(operation, demoPin)).status).toBe(200);
    expect(await desk.stateOf(id)).toBe('PERSON_SIGNED');
  });

  it('tried wrongly fifty times at once is tried five times, and noted fifty times', async () => {
    const operation = await desk.prepare('personal', [await desk.approved()]);
    const noted = async (): Promise<readonly [number, number]> => [
      (await entriesOfAction(node, 'key.pin_refused')).length,
      (await entriesOfAction(node, 'key.locked')).length,
    ];
    const [refusedBefore, lockedBefore] = await noted();
    const replies = await Promise.all(Array.from({ length: 50 }, () => tryPin(operation, '111111')));
    const answered = (outcome: string): number => replies.filter((reply) => reply.outcome === outcome).length;
    expect([answered('403 PIN_WRONG'), answered('423 KEY_LOCKED')]).toEqual([5, 45]);
    const [refused, locked] = await noted();
    expect([refused - refusedBefore, locked - lockedBefore]).toEqual([5, 45]);
    expect((await release()).status).toBe(204);
  });

  it('that is right gives the attempts back', async () => {
    const id = await desk.approved();
    const operation = await desk.prepare('personal', [id]);
    await tryPin(operation, '000000');
    await tryPin(operation, demoPin);
    const again = await desk.prepare('personal', [await desk.approved()]);
    expect((await tryPin(again, '000000')).body).toMatchObject({ attemptsLeft: 4 });
    await tryPin(again, demoPin);
  });

  it('is written down nowhere', async () => {
    const pin = '918273';
    const operation = await desk.prepare('personal', [await desk.approved()]);
    const reply = await tryPin(operation, pin);
    expect(JSON.stringify(reply.body)).not.toContain(pin);
    const [found] = await node.query<{ n: number }>(
      `SELECT count(*)::integer AS n FROM audit.entry WHERE convert_from(bytes, 'UTF8') LIKE '%${pin}%'`,
    );
    const [kept] = await node.query<{ n: number }>(
      `SELECT count(*)::integer AS n FROM platform.idempotency_key t WHERE t::text LIKE '%${pin}%'`,
    );
    expect([found?.n, kept?.n]).toEqual([0, 0]);
    await desk.sign('personal', [await desk.approved()]);
  });
});

describe('while the time-stamping authority is away', () => {
  it('signing goes on without its proof of time and says so, until it is back', async () => {
    await node.services.stop();
    const id = await desk.approved();
    expect(await desk.trySign('personal', [id])).toMatchObject([{ outcome: 'signed', level: 'B-B' }]);
    const signed = (await entriesOfDocument(node, id)).filter(
      ({ action }) => action === 'document.person_signed',
    );
    expect(signed).toMatchObject([{ outcome: 'success', details: { level: 'B-B' } }]);
    const clerk = await desk.clerk;
    const { files } = await ok<{ files: { id: string }[] }>(200, clerk.get(`/documents/${id}`));
    const { bytes } = await clerk.get(`/documents/${id}/files/${files[0]!.id}/content`);
    const { signatures } = await verifyPdf(bytes, await trustOf(node.pki));
    expect(signatures).toMatchObject([
      { indication: 'TOTAL-PASSED', level: 'PAdES-B-B', timestampTime: null },
    ]);
    expect(signatures[0]!.messages.map(({ code }) => code)).toContain('TIMESTAMP_ABSENT');
    await node.services.start();
    await until('a time-stamp', 20, async () => {
      const [outcome] = await desk.trySign('personal', [await desk.approved()]);
      return outcome?.level === 'B-T' ? true : undefined;
    });
  });

  describe('on a node that must not sign without', () => {
    let strict: TestNode;
    beforeAll(async () => {
      strict = await startTestNode({ SEALPOST_WITHOUT_TIMESTAMP: 'refuse' });
      await strict.services.stop();
    }, 120_000);
    afterAll(() => strict.close());

    it('nothing is signed, and the document can be signed when it is back', async () => {
      const other = new Desk(strict, staffs.provinceBoard);
      const id = await other.approved();
      expect(await other.trySign('personal', [id])).toMatchObject([
        {
          outcome: 'failed',
          code: 'TIMESTAMP_REQUIRED',
          message: { vi: expect.stringMatching(/dấu thời gian/) as string },
        },
      ]);
      expect(await other.stateOf(id)).toBe('APPROVED');
      const refusals = (await entriesOfDocument(strict, id)).filter((entry) => entry.outcome !== 'success');
      expect(refusals).toMatchObject([{ action: 'document.person_signed', code: 'TIMESTAMP_REQUIRED' }]);
      await strict.services.start();
      await until('a signature', 20, async () => {
        const [outcome] = await other.trySign('personal', [id]);
        return outcome?.outcome === 'signed' ? true : undefined;
      });
    });
  });
});
