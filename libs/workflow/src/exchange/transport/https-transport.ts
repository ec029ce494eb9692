import { Agent } from 'node:https';
import type { PeerCertificate } from 'node:tls';

import type { Config } from '#platform';

import { ExchangeError, isExchangeErrorCode } from '../exchange-error';
import type { Answer } from '../messages/envelope';
import { MAX_ENVELOPE_BYTES, parseAnswer } from '../messages/envelope';
import { digestOf, listOf, recordOf } from '../statements/shape';
import { askPeer } from './https-request';
import type { PeerAnswer } from './https-request';
import type { ExchangeNetwork, Peer } from './peers';
import { protocol } from './protocol';
import type { Parcel, Transport } from './transport';

const connections = 8;
const timeoutMs = 30_000;

/** HTTPS to another node; both sides show certificates and each believes only the configured one. */
export class HttpsTransport implements Transport {
  private readonly agents = new Map<string, Agent>();

  constructor(
    private readonly network: ExchangeNetwork | null,
    private readonly config: Pick<Config, 'nodeId' | 'uploadLimit'>,
  ) {}

  async deliver(nodeId: string, parcel: Parcel): Promise<Answer> {
    const peer = this.network?.peers.find((known) => known.nodeId === nodeId);
    if (!peer) throw new ExchangeError('PEER_UNKNOWN', `node ${nodeId} is not configured`);
    for (const sha256 of await this.missing(peer, parcel)) {
      const file = parcel.files.find((offered) => offered.sha256 === sha256);
      if (!file) throw new ExchangeError('PEER_REFUSED', 'the peer asks for a file that was not offered');
      if (file.size > this.config.uploadLimit)
        throw new ExchangeError('MESSAGE_TOO_LARGE', `${file.size} bytes`);
      await this.ask(peer, 'PUT', protocol.file(sha256), 'application/octet-stream', await file.bytes());
    }
    const { body } = await this.ask(peer, 'POST', protocol.messages, 'application/json', parcel.envelope);
    return parseAnswer(body);
  }

  /** Closes idle connections. */
  close(): void {
    for (const agent of this.agents.values()) agent.destroy();
    this.agents.clear();
  }

  private async missing(peer: Peer, { files }: Parcel): Promise<readonly string[]> {
    if (files.length === 0) return [];
    const digests = [...new Set(files.map(({ sha256 }) => sha256))];
    const question = new TextEncoder().encode(JSON.stringify({ digests }));
    const { body } = await this.ask(peer, 'POST', protocol.missing, 'application/json', question);
    const record = recordOf(JSON.parse(new TextDecoder().decode(body)), '$', ['missing']);
    return listOf(record['missing'], '$.missing', digests.length, digestOf);
  }

  private async ask(
    peer: Peer,
    method: 'POST' | 'PUT',
    path: string,
    contentType: string,
    body: Uint8Array,
  ): Promise<PeerAnswer> {
    const answer = await askPeer({
      method,
      url: new URL(path, peer.url),
      agent: this.agentOf(peer),
      contentType,
      body,
      timeoutMs,
      maxAnswerBytes: MAX_ENVELOPE_BYTES,
    });
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw refusal(peer, answer);
  }

  private agentOf(peer: Peer): Agent {
    const known = this.agents.get(peer.nodeId);
    if (known) return known;
    const agent = new Agent({
      keepAlive: true,
      // Every new connection shows its certificate: nothing is resumed from an earlier one.
      maxCachedSessions: 0,
      maxSockets: connections,
      minVersion: 'TLSv1.3',
      cert: this.network?.certificate,
      key: this.network?.privateKey,
      ca: peer.ca,
      // The name in the certificate identifies the node; the host in the URL may be any address of it.
      checkServerIdentity: (_host: string, certificate: PeerCertificate) => nameMismatch(peer, certificate),
    });
    this.agents.set(peer.nodeId, agent);
    return agent;
  }
}

function nameMismatch(peer: Peer, certificate: PeerCertificate): Error | undefined {
  const { CN } = certificate.subject;
  if (CN === peer.certificateName) return undefined;
  return Object.assign(new Error(`certificate of ${String(CN)} instead of ${peer.certificateName}`), {
    code: 'PEER_NAME_MISMATCH',
  });
}

function refusal(peer: Peer, { status, body }: PeerAnswer): ExchangeError {
  let code: unknown;
  let retry: unknown;
  try {
    ({ code, retry } = JSON.parse(new TextDecoder().decode(body)) as { code?: unknown; retry?: unknown });
  } catch {
    // Not our protocol's refusal; the status has to do.
  }
  const worth =
    retry === 'worth-retrying' || (retry !== 'final' && (status >= 500 || status === 429 || status === 408));
  const known = isExchangeErrorCode(code) ? code : 'PEER_REFUSED';
  return new ExchangeError(known, `${peer.nodeId} answered ${status}`, {
    retry: worth ? 'worth-retrying' : 'final',
  });
}
