import type { Certificate, Signer } from '#pki';
import { parseSignedData, signEnveloping, verifySignedData } from '#pki';

/** id-data (RFC 5652 §4): the content is plain bytes, so that `openssl cms -verify` shows them. */
const idData = '1.2.840.113549.1.7.1';

/**
 * Signs bytes as an enveloping CMS SignedData (RFC 5652 §5) with signing-certificate-v2: message manifests
 * and evidence are such statements. One value holds content, signature and certificate chain.
 *
 * A pure computation; the claimed time stands in the content, not in the CMS.
 */
export function signStatement(signer: Signer, content: Uint8Array): Promise<Uint8Array> {
  return signEnveloping({ signer, content: { oid: idData, bytes: content } });
}

/** A statement whose signature is sound; whether its certificate is trusted is still to be asked. */
export interface OpenedStatement {
  readonly content: Uint8Array;
  readonly signer: Certificate;
  /** All certificates carried along, the signer's own among them. */
  readonly certificates: readonly Certificate[];
}

export type StatementOpening =
  | { readonly sound: true; readonly statement: OpenedStatement }
  | { readonly sound: false; readonly reason: string };

/** Checks form and signature of a statement. Never throws for bad input: a bad statement is a result. */
export async function openStatement(der: Uint8Array): Promise<StatementOpening> {
  try {
    const signedData = parseSignedData(der);
    const content = signedData.encapsulatedContent;
    if (signedData.contentType !== idData || !content) return unsound('no content inside');
    const { ok, signerCertificate, failures } = await verifySignedData(signedData);
    if (!ok || !signerCertificate)
      return unsound(failures.map(({ code }) => code).join(', ') || 'signature not valid');
    // A copy of its own: the content outlives the buffer it came in.
    return {
      sound: true,
      statement: {
        content: new Uint8Array(content),
        signer: signerCertificate,
        certificates: signedData.certificates,
      },
    };
  } catch (error) {
    return unsound(error instanceof Error ? error.message : 'not a CMS SignedData');
  }
}

function unsound(reason: string): StatementOpening {
  return { sound: false, reason };
}
