import type { NestExpressApplication } from '@nestjs/platform-express';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';

export interface ServeSettings {
  readonly port: number;
  /** IP addresses; one that this machine lacks (often `::1`) is left out as long as another is there. */
  readonly hosts: readonly string[];
}

export interface RunningHttp {
  readonly port: number;
  /** `http://127.0.0.1:3000`, `http://[::1]:3000`. */
  readonly origins: readonly string[];
  /** Takes no more requests, lets running ones finish (at most `graceSeconds`), then closes the application. */
  close(graceSeconds?: number): Promise<void>;
}

/** Serves an application on every address given; port 0 finds a free one, the same for all. */
export async function serve(app: NestExpressApplication, settings: ServeSettings): Promise<RunningHttp> {
  await app.init();
  const handler = app.getHttpAdapter().getInstance() as RequestListener;
  const servers: Server[] = [];
  let port = settings.port;
  for (const host of settings.hosts) {
    const server = await listen(handler, port, host);
    if (!server) continue;
    servers.push(server);
    port = (server.address() as AddressInfo).port;
  }
  if (servers.length === 0)
    throw new Error(`none of the addresses ${settings.hosts.join(', ')} is on this machine`);
  return {
    port,
    origins: servers.map((server) => originOf(server)),
    close: async (graceSeconds = 15) => {
      await Promise.all(servers.map((server) => closeServer(server, graceSeconds)));
      await app.close();
    },
  };
}

/** On SIGTERM or SIGINT closes once, then lets the process end by itself; a second signal ends it at once. */
export function closeOnSignals(close: () => Promise<void>, logger: Logger): void {
  let closing = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (closing) process.exit(130);
    closing = true;
    logger.info({ signal }, 'stopping');
    close().catch((error: unknown) => {
      logger.error({ err: error }, 'could not stop cleanly');
      process.exitCode = 1;
    });
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
}

/** Event of a server that takes no more requests from now on. */
const closing = 'sealpost:closing';

/** Lets an answer that would last as long as its reader wants come to an end when the server stops. */
export function onServerClosing(request: IncomingMessage, end: () => void): void {
  const { server } = request.socket as { server?: Server };
  if (!server) return;
  server.setMaxListeners(0).once(closing, end);
  request.once('close', () => server.off(closing, end));
}

const absent = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

function listen(handler: RequestListener, port: number, host: string): Promise<Server | undefined> {
  const server = createServer(
    { requestTimeout: 300_000, headersTimeout: 20_000, maxHeaderSize: 16_384 },
    handler,
  );
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (absent.has(error.code ?? '')) resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host, ipv6Only: true }, () => {
      resolve(server);
    });
  });
}

function closeServer(server: Server, graceSeconds: number): Promise<void> {
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, graceSeconds * 1000);
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.emit(closing);
    server.closeIdleConnections();
  });
}

function originOf(server: Server): string {
  const { address, port } = server.address() as AddressInfo;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
