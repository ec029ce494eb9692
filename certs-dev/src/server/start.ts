import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { renewCrls } from '../pki/crls';
import { refuseProduction } from '../pki/make';
import { developmentPort } from '../pki/urls';
import { ocspResponder } from './ocsp';
import type { OcspResponder } from './ocsp';
import { authorityOf, loadState } from './state';
import type { ServerState } from './state';
import { timestampAuthority } from './tsa';
import type { TimestampAuthority } from './tsa';

export interface DevelopmentServerOptions {
  readonly pkiDir: string;
  /** Loopback only; 127.0.0.1 unless told. */
  readonly host?: '127.0.0.1' | '::1' | 'localhost';
  /** 7318 unless told, which is what the certificates say; 0 takes a free one. */
  readonly port?: number;
}

export interface DevelopmentServer {
  /** E.g. `http://127.0.0.1:7318`. */
  readonly url: string;
  close(): Promise<void>;
}

const loopback: readonly string[] = ['127.0.0.1', '::1', 'localhost'];
const maxRequest = 64 * 1024;
const crlCheckEvery = 6 * 3_600_000;

/**
 * Answers RFC 3161 at POST /tsa and OCSP at POST and GET /ocsp, and serves CRLs at /crl and the certificates
 * of authorities at /ca, from a development PKI. Refused in production and on any address but loopback.
 */
export async function startDevelopmentPki(options: DevelopmentServerOptions): Promise<DevelopmentServer> {
  refuseProduction();
  const host = options.host ?? '127.0.0.1';
  if (!loopback.includes(host))
    throw new Error(`the development PKI listens on loopback only, not on ${host}`);
  const state = await loadState(options.pkiDir);
  await renewCrls(state.pkiDir, state.index, new Date());
  const tsa = timestampAuthority(authorityOf(state, 'tsa'));
  const ocsp = ocspResponder(state);
  const server = createServer((request, response) => {
    respond(request, response, { state, tsa, ocsp }).catch((error: unknown) => {
      console.error('development PKI:', error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  await listen(server, host, options.port ?? developmentPort);
  const timer = setInterval(() => {
    renewCrls(state.pkiDir, state.index, new Date()).catch((error: unknown) => {
      console.error('development PKI: CRLs were not renewed:', error);
    });
  }, crlCheckEvery).unref();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host === '::1' ? '[::1]' : host}:${port}`,
    async close(): Promise<void> {
      clearInterval(timer);
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

interface Services {
  readonly state: ServerState;
  readonly tsa: TimestampAuthority;
  readonly ocsp: OcspResponder;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  services: Services,
): Promise<void> {
  const { method } = request;
  const path = new URL(request.url ?? '/', 'http://loopback').pathname;
  const [, area, ...rest] = path.split('/');
  const now = new Date();
  if (method === 'POST' && path === '/tsa')
    await answerPost(request, response, 'timestamp-reply', (body) => services.tsa.answer(body, now));
  else if (method === 'POST' && path === '/ocsp')
    await answerPost(request, response, 'ocsp-response', (body) => services.ocsp.answer(body, now));
  else if (method === 'GET' && area === 'ocsp')
    send(response, 'ocsp-response', await services.ocsp.answer(fromPath(rest.join('/')), now));
  else if (method === 'GET' && area === 'crl') sendCrl(response, rest.join('/'), services);
  else if (method === 'GET' && area === 'ca') sendCertificate(response, rest.join('/'), services);
  else response.writeHead(404).end();
}

/** A GET carries the request in the path, Base64 then URL-encoded (RFC 6960 Appendix A.1). */
function fromPath(text: string): Uint8Array {
  return Buffer.from(decodeURIComponent(text), 'base64');
}

async function answerPost(
  request: IncomingMessage,
  response: ServerResponse,
  type: string,
  answer: (body: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<void> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxRequest) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    chunks.push(chunk);
  }
  send(response, type, await answer(Buffer.concat(chunks)));
}

function send(response: ServerResponse, type: string, body: Uint8Array): void {
  response.writeHead(200, { 'content-type': `application/${type}`, 'content-length': body.length }).end(body);
}

/** Only names that the index lists are looked up, so that no path leads elsewhere. */
function sendCrl(response: ServerResponse, name: string, { state }: Pick<Services, 'state'>): void {
  const crl = state.index.authorities.find(({ id }) => `${id}.crl` === name)?.crl;
  if (crl === undefined) {
    response.writeHead(404).end();
    return;
  }
  const file = createReadStream(join(state.pkiDir, crl));
  file.on('error', () => response.destroy());
  response.writeHead(200, { 'content-type': 'application/pkix-crl' });
  file.pipe(response);
}

function sendCertificate(response: ServerResponse, name: string, { state }: Pick<Services, 'state'>): void {
  const authority = [...state.authorities.values()].find(({ id }) => `${id}.cer` === name);
  if (authority === undefined) response.writeHead(404).end();
  else send(response, 'pkix-cert', authority.certificate.der);
}
