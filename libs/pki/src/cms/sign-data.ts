import { digest } from '../crypto/engine';
import type { Signer } from '../crypto/signer';
import { assembleSignedData } from './assemble-signed-data';
import { prepareSignedAttributes } from './signed-attributes';

export interface SignContentInput {
  readonly signer: Signer;
  /** Content type OID and the content, which is carried inside. */
  readonly content: { readonly oid: string; readonly bytes: Uint8Array };
  readonly signingTime?: Date;
}

/** Both phases at once for a signature that carries its content (evidence, time-stamp tokens). */
export async function signEnveloping({
  signer,
  content,
  signingTime,
}: SignContentInput): Promise<Uint8Array> {
  const { algorithm, certificate: signerCertificate, chain } = signer;
  const signedAttributes = await prepareSignedAttributes({
    messageDigest: await digest(algorithm.hash, content.bytes),
    digestAlgorithm: algorithm.hash,
    signerCertificate,
    contentType: content.oid,
    ...(signingTime ? { signingTime } : {}),
  });
  const signatureValue = await signer.sign(signedAttributes);
  return assembleSignedData({
    signedAttributes,
    signatureValue,
    algorithm,
    signerCertificate,
    chain,
    encapsulatedContent: content,
  });
}
