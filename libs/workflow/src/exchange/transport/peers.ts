import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { listOf, matching, recordOf, textOf } from '../statements/shape';

/** Injection token: this node's `ExchangeNetwork`, or null where it knows no other node. */
export const NETWORK = Symbol('NETWORK');

/** Another node, as the operator of this one has written it down. */
export interface Peer {
  readonly nodeId: string;
  /** `https://host:port`, without a path. */
  readonly url: string;
  /** PEM of the authority that issues this peer's transport certificates; no other is believed for it. */
  readonly ca: string;
  /** Common name of the peer's transport certificate, as client and as server. */
  readonly certificateName: string;
}

/** This node's own transport identity and its peers. */
export interface ExchangeNetwork {
  readonly listen: { readonly host: string; readonly port: number } | null;
  /** PEM of certificate (chain) and private key. */
  readonly certificate: string;
  readonly privateKey: string;
  readonly peers: readonly Peer[];
}

/**
 * Reads the network file (JSON; paths in it are relative to it):
 * `{"listen": {"host","port"} | null, "certificate": path, "privateKey": path, "peers":
 * [{"nodeId","url","ca": path,"certificateName"}]}`. Which agencies live on a peer is said by the directory.
 */
export function readNetwork(file: string): ExchangeNetwork {
  const base = dirname(resolve(file));
  const pem = (value: unknown, path: string): string =>
    readFileSync(resolve(base, textOf(value, path, 4096)), 'utf8');
  const record = recordOf(
    JSON.parse(readFileSync(file, 'utf8')),
    file,
    ['certificate', 'privateKey', 'peers'],
    ['listen'],
  );
  return {
    listen:
      record['listen'] === undefined || record['listen'] === null
        ? null
        : readAddress(record['listen'], '$.listen'),
    certificate: pem(record['certificate'], '$.certificate'),
    privateKey: pem(record['privateKey'], '$.privateKey'),
    peers: listOf(record['peers'], '$.peers', 10_000, (value, path) => {
      const peer = recordOf(value, path, ['nodeId', 'url', 'ca', 'certificateName']);
      return {
        nodeId: textOf(peer['nodeId'], `${path}.nodeId`, 63),
        url: matching(peer['url'], `${path}.url`, /^https:\/\/[^/\s]+$/, 'https://host:port'),
        ca: pem(peer['ca'], `${path}.ca`),
        certificateName: textOf(peer['certificateName'], `${path}.certificateName`, 200),
      };
    }),
  };
}

function readAddress(value: unknown, path: string): { readonly host: string; readonly port: number } {
  const record = recordOf(value, path, ['host', 'port']);
  const port = record['port'];
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 65535)
    throw new TypeError(`${path}.port: a port expected`);
  return { host: textOf(record['host'], `${path}.host`, 253), port };
}
