import type { Signer } from '#pki';
import type { FieldLock } from '../signature-options';
import { signPdf } from '../signing/sign-pdf';

export interface ForeignSignature {
  readonly signer: Signer;
  readonly fieldName?: string;
  /** Makes it a certification signature. */
  readonly docMdp?: 1 | 2 | 3;
  readonly fieldMdp?: FieldLock;
}

/** An upload as somebody else may have signed it: invisible, in a field named by them. */
export function signedBySomeoneElse(pdf: Uint8Array, options: ForeignSignature): Promise<Uint8Array> {
  return signPdf(pdf, {
    fieldName: options.fieldName ?? 'Signature1',
    appearance: { kind: 'invisible' },
    claimedTime: new Date(),
    signer: options.signer,
    ...(options.docMdp === undefined ? {} : { docMdp: options.docMdp }),
    ...(options.fieldMdp ? { fieldMdp: options.fieldMdp } : {}),
  });
}
