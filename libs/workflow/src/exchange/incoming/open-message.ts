import { ExchangeError } from '../exchange-error';
import type { Evidence } from '../evidence/evidence';
import { mismatch, verifyEvidence } from '../evidence/verify-evidence';
import type { Envelope } from '../messages/envelope';
import type { Manifest } from '../messages/manifest';
import { parseManifest } from '../messages/manifest';
import type { AgencyTrust } from '../statements/agency-trust';
import { checkAgency } from '../statements/agency-trust';
import { clockToleranceMs } from '../statements/clock-tolerance';
import { sha256Hex } from '../../bytes-as-text';
import { openStatement } from '../statements/signed-statement';

/** A message whose sender is proved; its files are still to be compared. */
export interface OpenedMessage {
  readonly manifest: Manifest;
  /** The signed bytes. */
  readonly manifestBytes: Uint8Array;
  readonly manifestSha256: string;
  readonly submission: Evidence;
}

/**
 * Opens a message: the manifest and the evidence of submission must be signed, now, by the evidence
 * certificate of the agency that the manifest names as its sender, and speak of the same message.
 *
 * @throws ExchangeError MESSAGE_NOT_AUTHENTIC, MESSAGE_WRONG_SENDER, MESSAGE_MALFORMED
 */
export async function openMessage(
  envelope: Extract<Envelope, { kind: 'document' }>,
  trust: AgencyTrust,
  now: Date,
): Promise<OpenedMessage> {
  const opened = await openStatement(envelope.manifest);
  if (!opened.sound) throw new ExchangeError('MESSAGE_NOT_AUTHENTIC', opened.reason);
  const manifestBytes = opened.statement.content;
  const manifest = parseManifest(manifestBytes);
  const check = await checkAgency(opened.statement, manifest.sender.code, trust, now);
  if (!check.trusted) throw new ExchangeError('MESSAGE_WRONG_SENDER', check.reason);
  if (Date.parse(manifest.createdAt) > now.getTime() + clockToleranceMs) {
    throw new ExchangeError('MESSAGE_MALFORMED', `the message is of the future: ${manifest.createdAt}`);
  }
  const manifestSha256 = sha256Hex(manifestBytes);
  const submission = await submissionOf(envelope.submission, manifest, manifestSha256, trust, now);
  return { manifest, manifestBytes, manifestSha256, submission };
}

async function submissionOf(
  der: Uint8Array,
  manifest: Manifest,
  manifestSha256: string,
  trust: AgencyTrust,
  now: Date,
): Promise<Evidence> {
  const verification = await verifyEvidence(der, trust, now);
  if (!verification.ok)
    throw new ExchangeError('MESSAGE_NOT_AUTHENTIC', `evidence of submission: ${verification.fault.message}`);
  const { evidence } = verification;
  const facts = {
    messageId: manifest.id,
    manifestSha256,
    sender: manifest.sender.code,
    recipient: manifest.recipient.code,
  };
  const fault =
    evidence.event === 'A.1'
      ? mismatch(evidence, facts)
      : { message: `evidence of submission is ${evidence.event}` };
  if (fault) throw new ExchangeError('MESSAGE_NOT_AUTHENTIC', fault.message);
  return evidence;
}
