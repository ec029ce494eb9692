import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Logger } from 'pino';

import { AuditTrail } from '#audit';
import type { NodeActor } from '#platform';
import { Config, LOGGER, newId } from '#platform';

import { ExchangeError, exchangeProblems } from '../exchange-error';
import { ReceiveMessages } from '../incoming/receive-messages';
import { answerBytes, MAX_ENVELOPE_BYTES } from '../messages/envelope';
import { digestOf, listOf, recordOf } from '../statements/shape';
import { identifyPeer } from './identify-peer';
import { NETWORK } from './peers';
import type { ExchangeNetwork } from './peers';
import { MAX_DIGESTS, protocol } from './protocol';
import { readBody } from './read-body';
import type { MessageSource } from './transport';

/**
 * Where other nodes connect: HTTPS on an address of its own, a client certificate required. Whoever is not a
 * configured peer is refused before a byte of the request is read, and recorded.
 */
@Injectable()
export class ExchangeListener implements OnApplicationShutdown {
  private server: Server | undefined;

  constructor(
    private readonly receiving: ReceiveMessages,
    private readonly audit: AuditTrail,
    private readonly config: Config,
    @Inject(NETWORK) private readonly network: ExchangeNetwork | null,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Starts to listen where the network file says so. Returns the address, or null where it says nothing. */
  async start(): Promise<AddressInfo | null> {
    const { network } = this;
    if (!network?.listen) return null;
    const server = createServer(
      {
        cert: network.certificate,
        key: network.privateKey,
        ca: network.peers.map(({ ca }) => ca),
        minVersion: 'TLSv1.3',
        requestCert: true,
        // Not refused by TLS itself, so that the refusal can be recorded with the certificate it concerns.
        rejectUnauthorized: false,
      },
      (request, response) => {
        void this.serve(network, request, response);
      },
    );
    server.requestTimeout = 120_000;
    server.headersTimeout = 10_000;
    server.maxHeadersCount = 50;
    this.server = server;
    const { host, port } = network.listen;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    return server.address() as AddressInfo;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeIdleConnections();
    });
  }

  onApplicationShutdown(): Promise<void> {
    return this.stop();
  }

  private async serve(
    network: ExchangeNetwork,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const ip = request.socket.remoteAddress ?? '';
    const requestId = newId();
    try {
      const identity = identifyPeer(tlsSocketOf(request), network);
      if (!identity.known) {
        await this.audit.record(
          { kind: 'anonymous', ip, requestId },
          {
            action: 'transport.refused',
            outcome: 'denied',
            code: 'PEER_UNKNOWN',
            details: { reason: identity.reason.slice(0, 200), thumbprint: identity.thumbprint },
          },
        );
        response.setHeader('connection', 'close');
        refuse(response, new ExchangeError('PEER_UNKNOWN', identity.reason));
        return;
      }
      const actor: NodeActor = {
        kind: 'node',
        nodeId: identity.peer.nodeId,
        certificateThumbprint: identity.thumbprint,
        ip,
        requestId,
      };
      await this.route({ nodeId: identity.peer.nodeId, actor }, request, response);
    } catch (error) {
      if (!(error instanceof ExchangeError))
        this.logger.error({ err: error, requestId }, 'exchange request failed');
      refuse(response, error);
    }
  }

  private async route(
    source: MessageSource,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const path = request.url ?? '';
    const file = protocol.filePattern.exec(path);
    if (request.method === 'POST' && path === protocol.messages) {
      const answer = await this.receiving.receive(source, await readBody(request, MAX_ENVELOPE_BYTES));
      send(response, 200, 'application/json', answerBytes(answer));
    } else if (request.method === 'POST' && path === protocol.missing) {
      const digests = readDigests(await readBody(request, MAX_ENVELOPE_BYTES));
      const missing = await this.receiving.missingFiles(source, digests);
      send(response, 200, 'application/json', new TextEncoder().encode(JSON.stringify({ missing })));
    } else if (request.method === 'PUT' && file?.[1] !== undefined) {
      await this.receiving.putFile(source, file[1], await readBody(request, this.config.uploadLimit));
      response.writeHead(204).end();
    } else {
      problem(response, 404, 'NOT_FOUND', 'final');
    }
  }
}

/** An HTTPS server has no other sockets; the types of node:http do not say so. */
function tlsSocketOf({ socket }: IncomingMessage): TLSSocket {
  if (socket instanceof TLSSocket) return socket;
  throw new Error('a connection without TLS');
}

function readDigests(bytes: Uint8Array): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ExchangeError('MESSAGE_MALFORMED', 'not JSON', { cause });
  }
  return listOf(recordOf(value, '$', ['digests'])['digests'], '$.digests', MAX_DIGESTS, digestOf);
}

function refuse(response: ServerResponse, error: unknown): void {
  if (error instanceof ExchangeError)
    problem(response, exchangeProblems[error.code].status, error.code, error.retry);
  else problem(response, 500, 'INTERNAL_ERROR', 'worth-retrying');
}

function problem(response: ServerResponse, status: number, code: string, retry: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  send(
    response,
    status,
    'application/problem+json',
    new TextEncoder().encode(JSON.stringify({ status, code, retry })),
  );
}

function send(response: ServerResponse, status: number, type: string, body: Uint8Array): void {
  response
    .writeHead(status, { 'content-type': type, 'content-length': body.length, 'cache-control': 'no-store' })
    .end(body);
}
