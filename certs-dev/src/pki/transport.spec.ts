import { createServer, request } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { toPem } from '#pki';
import type { Issued } from './authorities';
import { makeTransport } from './transport';
import type { Transport } from './transport';

const pem = (issued: Issued): string => toPem(issued.certificate.der, 'CERTIFICATE');
const identity = (issued: Issued): { cert: string; key: string } => ({
  cert: pem(issued),
  key: toPem(issued.keys.pkcs8, 'PRIVATE KEY'),
});

let transport: Transport;
let server: Server;
let port: number;

beforeAll(async () => {
  transport = await makeTransport(new Date());
  const settings = {
    ...identity(node('state')),
    ca: pem(transport.ca),
    requestCert: true,
    rejectUnauthorized: true,
  };
  server = createServer(settings, (incoming, outgoing) => {
    const { socket } = incoming;
    outgoing.end(socket instanceof TLSSocket ? socket.getPeerCertificate().subject.CN : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  ({ port } = server.address() as AddressInfo);
});

afterAll(() => {
  server.close();
});

const node = (id: string): Issued => transport.nodes.find(({ nodeId }) => nodeId === id)!;

function get(options: { cert?: string; key?: string; ca: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ host: 'localhost', port, path: '/', agent: false, ...options }, (response) => {
      response.setEncoding('utf8').on('data', resolve).on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

it('lets nodes of the same authority meet, each known by its certificate', async () => {
  await expect(get({ ...identity(node('party')), ca: pem(transport.ca) })).resolves.toBe('party');
});

it('opens no connection without a certificate, or for one of another authority', async () => {
  await expect(get({ ca: pem(transport.ca) })).rejects.toThrow();
  const stranger = await makeTransport(new Date());
  await expect(get({ ...identity(stranger.nodes[0]!), ca: pem(transport.ca) })).rejects.toThrow();
  await expect(get({ ...identity(node('party')), ca: pem(stranger.ca) })).rejects.toThrow('certificate');
});
