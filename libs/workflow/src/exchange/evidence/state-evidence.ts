import type { Signer } from '#pki';

import { fileDigestsOf } from '../messages/manifest';
import type { Manifest } from '../messages/manifest';
import { signStatement } from '../statements/signed-statement';
import type { Evidence, EvidenceDetails, EvidenceEvent } from './evidence';
import { authorOf, evidenceBytes } from './evidence';

/** A statement made here: what it says and the CMS that proves it. */
export interface StatedEvidence {
  readonly evidence: Evidence;
  readonly der: Uint8Array;
}

/**
 * States an event about a message in the name of the agency whose key signs. A pure computation.
 *
 * @param input.time the moment of the event
 */
export async function stateEvidence(
  signer: Signer,
  message: { readonly manifest: Manifest; readonly manifestSha256: string },
  input: {
    readonly id: string;
    readonly event: EvidenceEvent;
    readonly time: Date;
    readonly details: EvidenceDetails;
  },
): Promise<StatedEvidence> {
  const { manifest, manifestSha256 } = message;
  const parties = { sender: manifest.sender, recipient: manifest.recipient };
  const evidence: Evidence = {
    v: 1,
    kind: 'sealpost.evidence',
    id: input.id,
    event: input.event,
    time: input.time.toISOString(),
    statedBy: authorOf(input.event, parties, input.details).code,
    messageId: manifest.id,
    manifestSha256,
    document: manifest.document,
    files: fileDigestsOf(manifest.files),
    parties,
    ...input.details,
  };
  return { evidence, der: await signStatement(signer, evidenceBytes(evidence)) };
}
