import { demoNodeIds } from '#directory';
import { oids } from '#pki';
import { issueCertificate } from '../issue/certificate';
import type { IssuedCertificate } from '../issue/certificate';
import { alternativeNames, authorityConstraints, extendedKeyUsage, keyUsage } from '../issue/extensions';
import { newKeyPair } from '../issue/keys';
import type { KeyPair } from '../issue/keys';
import { daysFrom } from './authorities';
import { demoOrganization } from './index-file';

export interface Transport {
  readonly ca: { readonly certificate: IssuedCertificate; readonly keys: KeyPair };
  readonly nodes: readonly {
    readonly nodeId: string;
    readonly certificate: IssuedCertificate;
    readonly keys: KeyPair;
  }[];
}

const loopback = [Uint8Array.of(127, 0, 0, 1), Uint8Array.of(...Array<number>(15).fill(0), 1)];

/**
 * Mutual TLS between nodes on loopback. Its authority stands apart from the document PKI: a certificate to
 * sign with opens no connection, and a node's certificate signs no document.
 */
export async function makeTransport(now: Date): Promise<Transport> {
  const subject = { commonName: 'Sealpost Demo Transport CA', organization: demoOrganization };
  const ca = { subject, keys: await newKeyPair('EC-P256') };
  const certificate = issueCertificate(ca, {
    subject,
    spki: ca.keys.spki,
    notBefore: daysFrom(now, -1),
    notAfter: daysFrom(now, 10 * 365),
    extensions: [authorityConstraints({ pathLength: 0 }), keyUsage('keyCertSign', 'cRLSign')],
  });
  const nodes = await Promise.all(
    Object.values(demoNodeIds).map(async (nodeId) => {
      const keys = await newKeyPair('EC-P256');
      const own = issueCertificate(ca, {
        subject: { commonName: nodeId, organization: demoOrganization },
        spki: keys.spki,
        notBefore: daysFrom(now, -1),
        notAfter: daysFrom(now, 3 * 365),
        extensions: [
          keyUsage('digitalSignature'),
          extendedKeyUsage('not-critical', oids.serverAuth, oids.clientAuth),
          alternativeNames({ dns: ['localhost'], ip: loopback }),
        ],
      });
      return { nodeId, certificate: own, keys };
    }),
  );
  return { ca: { certificate, keys: ca.keys }, nodes };
}
