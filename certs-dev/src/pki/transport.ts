import { demoNodeIds } from '#directory';
import { derWriter, issueCertificate, oids } from '#pki';
import type { ExtensionInput } from '#pki';
import { ownName } from './authorities';
import type { Issued } from './authorities';
import { daysFrom } from './dates';
import { issuingKey, newKeys } from './keys';

export interface Transport {
  readonly ca: Issued;
  readonly nodes: readonly (Issued & { readonly nodeId: string })[];
}

/**
 * Mutual TLS between nodes on loopback. Its authority stands apart from the document PKI: a certificate to
 * sign with opens no connection, and a node's certificate signs no document.
 */
export async function makeTransport(now: Date): Promise<Transport> {
  const name = 'Sealpost Demo Transport CA';
  const caKeys = await newKeys('P-256');
  const caCertificate = await issueCertificate({
    subject: ownName(name),
    spki: caKeys.spki,
    issuer: 'self',
    issuerKey: issuingKey(caKeys),
    notBefore: daysFrom(now, -1),
    notAfter: daysFrom(now, 10 * 365),
    ca: { pathLength: 0 },
    keyUsage: ['keyCertSign', 'cRLSign'],
  });
  const makeNode = async (nodeId: string): Promise<Transport['nodes'][number]> => {
    const keys = await newKeys('P-256');
    const certificate = await issueCertificate({
      subject: ownName(nodeId),
      spki: keys.spki,
      issuer: caCertificate,
      issuerKey: issuingKey(caKeys),
      notBefore: daysFrom(now, -1),
      notAfter: daysFrom(now, 3 * 365),
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: { purposes: [oids.serverAuth, oids.clientAuth] },
      extensions: [loopbackNames()],
    });
    return { nodeId, name: nodeId, certificate, keys };
  };
  const nodes = await Promise.all(Object.values(demoNodeIds).map(makeNode));
  return { ca: { name, certificate: caCertificate, keys: caKeys }, nodes };
}

/** subjectAltName: localhost, 127.0.0.1 and ::1 (RFC 5280 §4.2.1.6). */
function loopbackNames(): ExtensionInput {
  const { derIa5String, derImplicit, derOctetString, derSequence } = derWriter;
  const ip = (...bytes: number[]): Uint8Array => derImplicit(7, derOctetString(Uint8Array.from(bytes)));
  const ipv6Loopback = [...Array<number>(15).fill(0), 1];
  const value = derSequence(derImplicit(2, derIa5String('localhost')), ip(127, 0, 0, 1), ip(...ipv6Loopback));
  return { oid: oids.subjectAltName, value };
}
