import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';

import type { ExchangeNetwork, Peer } from './peers';

export type PeerIdentity =
  | { readonly known: true; readonly peer: Peer; readonly thumbprint: string }
  | { readonly known: false; readonly reason: string; readonly thumbprint: string | null };

/**
 * Which configured peer a connection belongs to: the chain has been verified by TLS against all configured
 * authorities; here the name picks the peer and **its** authority must have issued the certificate, so that one
 * peer's authority cannot make certificates for another.
 */
export function identifyPeer(socket: TLSSocket, network: ExchangeNetwork): PeerIdentity {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return { known: false, reason: 'no client certificate', thumbprint: null };
  const thumbprint = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
  if (!socket.authorized) {
    return { known: false, reason: String(socket.authorizationError), thumbprint };
  }
  const name = commonName(certificate);
  const peer = network.peers.find(
    ({ certificateName, ca }) => certificateName === name && issuedBy(certificate, ca),
  );
  return peer
    ? { known: true, peer, thumbprint }
    : { known: false, reason: `no peer has the certificate of ${name}`, thumbprint };
}

function commonName(certificate: X509Certificate): string {
  return /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '';
}

/** The transport certificates of a peer are issued by its authority directly. */
function issuedBy(certificate: X509Certificate, caPem: string): boolean {
  const blocks = caPem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.some((pem) => {
    const authority = new X509Certificate(pem);
    return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
  });
}
