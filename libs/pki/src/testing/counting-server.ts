import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface CountingServer {
  readonly port: number;
  /** TCP connections that were opened to it, whatever was said on them. */
  readonly connections: number;
  close(): Promise<void>;
}

/** A server on loopback that counts at its socket: a connection counts though no request follows. */
export async function countingServer(
  listener: RequestListener,
  options: { readonly host?: string; readonly tls?: ServerOptions } = {},
): Promise<CountingServer> {
  const server: Server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  let connections = 0;
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, options.host ?? '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
