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

/** What every statement about one message repeats. */
export type MessageSubject = Pick<
  Evidence,
  'messageId' | 'manifestSha256' | 'document' | 'files' | 'parties'
>;

interface StatedEvent {
  readonly id: string;
  readonly event: EvidenceEvent;
  /** The moment of the event. */
  readonly time: Date;
  readonly details: EvidenceDetails;
}

/** States an event about a message in the name of the agency whose key signs. A pure computation. */
export function stateEvidence(
  signer: Signer,
  { manifest, manifestSha256 }: { readonly manifest: Manifest; readonly manifestSha256: string },
  event: StatedEvent,
): Promise<StatedEvidence> {
  const subject = {
    messageId: manifest.id,
    manifestSha256,
    document: manifest.document,
    files: fileDigestsOf(manifest.files),
    parties: { sender: manifest.sender, recipient: manifest.recipient },
  };
  return stateAbout(signer, subject, event);
}

/** As `stateEvidence`, where another statement about the message is at hand, and its manifest is not. */
export async function stateAbout(
  signer: Signer,
  { messageId, manifestSha256, document, files, parties }: MessageSubject,
  input: StatedEvent,
): Promise<StatedEvidence> {
  const evidence: Evidence = {
    v: 1,
    kind: 'sealpost.evidence',
    id: input.id,
    event: input.event,
    time: input.time.toISOString(),
    statedBy: authorOf(input.event, parties, input.details).code,
    messageId,
    manifestSha256,
    document,
    files,
    parties,
    ...input.details,
  };
  return { evidence, der: await signStatement(signer, evidenceBytes(evidence)) };
}
