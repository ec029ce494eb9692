import type { Certificate } from '#pki';

import type { AgencyTrust } from '../statements/agency-trust';
import { checkAgency } from '../statements/agency-trust';
import { openStatement } from '../statements/signed-statement';
import type { Evidence, EvidenceEvent } from './evidence';
import { parseEvidence } from './evidence';

/** Why evidence is not believed. */
export interface EvidenceFault {
  readonly code:
    'EVIDENCE_MALFORMED' | 'EVIDENCE_NOT_AUTHENTIC' | 'EVIDENCE_WRONG_AGENCY' | 'EVIDENCE_MISMATCH';
  readonly message: string;
}

export type EvidenceVerification =
  | { readonly ok: true; readonly evidence: Evidence; readonly signer: Certificate }
  | { readonly ok: false; readonly fault: EvidenceFault };

/**
 * Verifies one statement: form, signature, and that its certificate is the evidence certificate of the
 * agency the statement names as its author. Nothing is fetched.
 *
 * @param at the moment for which the certificate must be valid; by default the time of the event
 */
export async function verifyEvidence(
  der: Uint8Array,
  trust: AgencyTrust,
  at?: Date,
): Promise<EvidenceVerification> {
  const opened = await openStatement(der);
  if (!opened.sound) return fault('EVIDENCE_NOT_AUTHENTIC', opened.reason);
  let evidence: Evidence;
  try {
    evidence = parseEvidence(opened.statement.content);
  } catch (error) {
    return fault('EVIDENCE_MALFORMED', error instanceof Error ? error.message : 'not evidence');
  }
  const check = await checkAgency(opened.statement, evidence.statedBy, trust, at ?? new Date(evidence.time));
  if (!check.trusted) return fault('EVIDENCE_WRONG_AGENCY', check.reason);
  return { ok: true, evidence, signer: opened.statement.signer };
}

/** Facts that every statement about one message must repeat. */
export interface MessageFacts {
  readonly messageId: string;
  readonly manifestSha256: string;
  readonly sender: string;
  readonly recipient: string;
}

/** What in the evidence is not about this message; undefined when all of it is. */
export function mismatch(evidence: Evidence, message: MessageFacts): EvidenceFault | undefined {
  const differences = [
    evidence.messageId === message.messageId ? [] : ['message id'],
    evidence.manifestSha256 === message.manifestSha256 ? [] : ['manifest digest'],
    evidence.parties.sender.code === message.sender ? [] : ['sender'],
    evidence.parties.recipient.code === message.recipient ? [] : ['recipient'],
  ].flat();
  if (differences.length === 0) return undefined;
  return { code: 'EVIDENCE_MISMATCH', message: `${evidence.event}: other ${differences.join(', ')}` };
}

/**
 * Statements in the place of the recipient are believed of those alone whom the sender recognises as its successors:
 * whoever verifies offline has no directory to ask.
 */
export function unrecognised(proved: readonly Evidence[]): readonly string[] {
  const known = new Set(proved.flatMap(({ event, successor }) => (event === 'S.1' && successor?.code) || []));
  return proved.flatMap(({ event, successor }) =>
    successor === undefined || known.has(successor.code)
      ? []
      : [`${event} is stated by ${successor.code}, whom the sender does not recognise as successor`],
  );
}

const handled: readonly EvidenceEvent[] = ['X.04', 'X.05', 'X.06'];

/**
 * Which events may stand beside which in one chain; each is said once. A later status may be stated without an
 * earlier one having come, but none of a document that was not accepted.
 */
export function contradictions(events: readonly EvidenceEvent[]): readonly string[] {
  const has = (event: EvidenceEvent): boolean => events.includes(event);
  return [
    ...(has('C.3') && has('C.4') ? ['both accepted and refused'] : []),
    ...(has('D.1') && has('D.2') ? ['both consigned and failed'] : []),
    ...((has('C.3') || has('C.4')) && !has('D.1') ? ['answered without having been consigned'] : []),
    ...(handled.some(has) && !has('C.3') ? ['handled without having been accepted'] : []),
    ...(has('X.15') && has('X.16') ? ['taking back both agreed and refused'] : []),
    ...((has('X.15') || has('X.16')) && !has('X.13') ? ['taken back without having been asked'] : []),
    ...([1, 2, 3] as const).flatMap((operation) =>
      has(`OK.${operation}`) && !has(`O.${operation}`) ? [`OK.${operation} without an order`] : [],
    ),
    ...(has('A.1') ? [] : ['no evidence of submission']),
    ...[...new Set(events)]
      .filter((event) => event !== 'S.1')
      .filter((event) => events.filter((other) => other === event).length > 1)
      .map((event) => `${event} twice`),
  ];
}

function fault(code: EvidenceFault['code'], message: string): EvidenceVerification {
  return { ok: false, fault: { code, message } };
}
