import { ExchangeError } from '../exchange-error';
import type { AgencyTrust } from '../statements/agency-trust';
import { clockToleranceMs } from '../statements/clock-tolerance';
import type { Evidence } from './evidence';
import { verifyEvidence } from './verify-evidence';

/**
 * A statement that came from elsewhere: signed, now, by the agency that it names as its author, and not of the future.
 *
 * @throws ExchangeError MESSAGE_MALFORMED, EVIDENCE_NOT_AUTHENTIC, EVIDENCE_WRONG_AGENCY, EVIDENCE_MISMATCH
 */
export async function believedEvidence(der: Uint8Array, trust: AgencyTrust, now: Date): Promise<Evidence> {
  const verification = await verifyEvidence(der, trust, now);
  if (!verification.ok) {
    const { code, message } = verification.fault;
    throw new ExchangeError(code === 'EVIDENCE_MALFORMED' ? 'MESSAGE_MALFORMED' : code, message);
  }
  const { evidence } = verification;
  if (Date.parse(evidence.time) > now.getTime() + clockToleranceMs) {
    throw new ExchangeError(
      'EVIDENCE_MISMATCH',
      `${evidence.event} is stated for the future: ${evidence.time}`,
    );
  }
  return evidence;
}
