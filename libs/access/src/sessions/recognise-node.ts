import type { NodeActor } from '#platform';
import { requestContext } from '#platform';
import type { Request } from 'express';
import { TLSSocket } from 'node:tls';

/**
 * The node behind a request that came over mutual TLS. The listener was given the CA of nodes, so an
 * authorised socket means that the certificate is one of theirs; its common name is the node's id.
 */
export function recogniseNode(request: Request): NodeActor | undefined {
  const { socket } = request;
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const certificate = socket.getPeerCertificate();
  const nodeId: unknown = certificate.subject?.CN;
  if (typeof nodeId !== 'string' || nodeId === '') return undefined;
  const { ip, requestId } = requestContext(request);
  const certificateThumbprint = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
  return { kind: 'node', nodeId, certificateThumbprint, ip, requestId };
}
