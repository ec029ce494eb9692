import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { makeTransport } from '../../certs-dev/src/pki/transport';
import { parseCertificate, parseCrl, toPem } from '#pki';
import { readTrustFolder, verifyEvidenceChain } from '#workflow';
import type { Installation, RunningNode } from '../../apps/launcher/src/installation';
import { startInstallation } from '../../apps/launcher/src/installation';
import { demoOffice, loginAs } from '../../apps/launcher/src/job/demo-offices';
import { draft, issue } from '../../apps/launcher/src/job/main-job';
import { arrivalOf, until, verifyAndAccept, verifyAndRefuse } from '../../apps/launcher/src/job/receive';
import type { SealpostClient } from '../../apps/launcher/src/job/sealpost-client';
import { readyBuild } from '../support/build';
import type { InstallationPlace } from './installation-place';
import { installationPlace } from './installation-place';
import { rowsOf } from './node-tables';
import { samplePaper } from './sample-paper';

const minutes = 60_000;

interface Delivery {
  readonly recipient: { readonly code: string };
  readonly state: string;
}

describe('two nodes with two databases', () => {
  let place: InstallationPlace;
  let installation: Installation;
  let party: RunningNode;
  let state: RunningNode;

  beforeAll(async () => {
    readyBuild();
    place = await installationPlace();
    installation = await startInstallation({
      dataDir: place.dataDir,
      layout: 'two-nodes',
      httpPort: 0,
      env: { SEALPOST_EXCHANGE_LONGEST_RETRY_SECONDS: '2', SEALPOST_EXCHANGE_TRIES: '60' },
    });
    party = installation.nodeOf('tinhuy');
    state = installation.nodeOf('ubnd');
  }, 8 * minutes);
  afterAll(async () => {
    // Also when the start has failed.
    await (installation as Installation | undefined)?.stop();
    await (place as InstallationPlace | undefined)?.remove();
  }, minutes);

  async function send(recipients: readonly string[]): Promise<string> {
    const office = await demoOffice(party.origin, 'tinhuy');
    const id = await draft(office, await samplePaper(recipients));
    await issue(office, [id]);
    return id;
  }

  const deliveriesOf = async (clerk: SealpostClient, id: string): Promise<readonly string[]> =>
    (await clerk.get<{ items: readonly Delivery[] }>(`/documents/${id}/deliveries`)).items.map(
      (item) => item.state,
    );

  const answersTo = (clerk: SealpostClient, id: string): Promise<readonly string[]> =>
    until('all answers', 60, async () => {
      const states = await deliveriesOf(clerk, id);
      return states.every((each) => each === '02' || each === '03') ? states : undefined;
    });

  const mainFile = async (client: SealpostClient, path: string): Promise<Uint8Array> => {
    const { files } = await client.get<{ files: readonly { id: string }[] }>(path);
    return client.bytes(`${path}/files/${files[0]!.id}/content`);
  };

  it(
    'carry the main job from one to the other and back, by signed messages alone',
    async () => {
      expect(party.nodeId).not.toBe(state.nodeId);
      const id = await send(['ubnd', 'dangsonthuy', 'sonoivu']);
      for (const key of ['ubnd', 'dangsonthuy']) {
        const clerk = await loginAs(installation.nodeOf(key).origin, `vanthu.${key}`);
        await verifyAndAccept(clerk, (await arrivalOf(clerk, id)).id);
      }
      const refusing = await loginAs(state.origin, 'vanthu.sonoivu');
      await verifyAndRefuse(refusing, (await arrivalOf(refusing, id)).id, 'Không thuộc thẩm quyền');

      const clerk = await loginAs(party.origin, 'vanthu.tinhuy');
      expect([...(await answersTo(clerk, id))].sort()).toEqual(['02', '03', '03']);
      const sent = await mainFile(clerk, `/documents/${id}`);
      const receiving = await loginAs(state.origin, 'vanthu.ubnd');
      const [{ id: incomingId } = { id: '' }] = await rowsOf<{ id: string }>(
        state,
        `SELECT id FROM workflow.incoming WHERE document_id = $1 AND state = '03'`,
        [id],
      );
      expect(Buffer.compare(await mainFile(receiving, `/incoming/${incomingId}`), sent)).toBe(0);

      const trust = { ...(await readTrustFolder(installation.pkiDir)), ocsps: [] };
      const chain = await clerk.get(`/documents/${id}/evidence`);
      const verdict = await verifyEvidenceChain(chain, trust, {
        certificate: parseCertificate,
        crl: parseCrl,
      });
      expect(verdict).toMatchObject({ ok: true, faults: [] });
      expect(verdict.deliveries).toHaveLength(3);

      // Each database holds its own half, and nothing of the other's.
      expect(await rowsOf(state, 'SELECT FROM workflow.document')).toHaveLength(0);
      expect(await rowsOf(state, 'SELECT FROM workflow.incoming')).toHaveLength(2);
      expect(await rowsOf(party, 'SELECT FROM workflow.incoming')).toHaveLength(1);
    },
    4 * minutes,
  );

  describe('let nobody in who is not the configured peer', () => {
    interface Certificate {
      readonly cert: string | Buffer;
      readonly key: string | Buffer;
    }

    const network = (): { listen: { port: number }; certificate: string; privateKey: string } =>
      JSON.parse(readFileSync(join(place.dataDir, 'nodes', state.nodeId, 'network.json'), 'utf8')) as never;

    function knock(certificate: Certificate | undefined): Promise<{ status: number; body: unknown }> {
      return new Promise((resolve, reject) => {
        const call = request(
          {
            host: '127.0.0.1',
            port: network().listen.port,
            method: 'POST',
            path: '/exchange/v1/messages',
            // Whom we speak to is not the question here.
            rejectUnauthorized: false,
            ...certificate,
          },
          (response) => {
            let text = '';
            response.on('data', (part: Buffer) => (text += part.toString()));
            response.on('end', () => {
              resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
            });
          },
        );
        call.once('error', reject);
        call.end('{}');
      });
    }

    const refusals = async (): Promise<number> =>
      (
        await rowsOf(
          state,
          `SELECT FROM audit.entry WHERE action = 'transport.refused' AND outcome = 'denied'`,
        )
      ).length;

    it.each<[string, () => Promise<Certificate | undefined>]>([
      ['no certificate', () => Promise.resolve(undefined)],
      [
        'a certificate of a node that is no peer',
        () =>
          Promise.resolve({
            cert: readFileSync(network().certificate),
            key: readFileSync(network().privateKey),
          }),
      ],
      [
        "the peer's name from another authority",
        async () => {
          const strangers = await makeTransport(new Date());
          const impostor = strangers.nodes.find(({ nodeId }) => nodeId === party.nodeId)!;
          return {
            cert: toPem(impostor.certificate.der, 'CERTIFICATE'),
            key: toPem(impostor.keys.pkcs8, 'PRIVATE KEY'),
          };
        },
      ],
    ])('%s: refused and recorded', async (_, certificate) => {
      const before = await refusals();
      const { status, body } = await knock(await certificate());
      expect(status).toBe(403);
      expect(body).toMatchObject({ code: 'PEER_UNKNOWN' });
      expect(await refusals()).toBe(before + 1);
    });
  });

  it(
    'keep a message while the other is away and deliver it once when it is back',
    async () => {
      await state.api.stop();
      const id = await send(['ubnd']);
      const tried = await until('a failed try', 60, async () => {
        const [row] = await rowsOf<{ state: string; attempts: number }>(
          party,
          'SELECT state, attempts FROM workflow.delivery WHERE document_id = $1',
          [id],
        );
        return row && row.attempts > 1 ? row : undefined;
      });
      expect(tried.state).toBe('QUEUED');

      await state.restartApi();
      const receiving = await loginAs(state.origin, 'vanthu.ubnd');
      await verifyAndAccept(receiving, (await arrivalOf(receiving, id)).id);
      const clerk = await loginAs(party.origin, 'vanthu.tinhuy');
      expect(await answersTo(clerk, id)).toEqual(['03']);
      expect(await rowsOf(state, 'SELECT FROM workflow.incoming WHERE document_id = $1', [id])).toHaveLength(
        1,
      );
      const consigned = await rowsOf(
        party,
        `SELECT FROM workflow.evidence WHERE document_id = $1 AND event = 'D.1'`,
        [id],
      );
      expect(consigned).toHaveLength(1);
      expect(await rowsOf(party, 'SELECT FROM workflow.dead_letter')).toHaveLength(0);
    },
    4 * minutes,
  );
});
