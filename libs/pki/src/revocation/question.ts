import type { Certificate } from '../certificate/certificate';
import type { CertificateList } from './crl';
import type { OcspResponse } from './ocsp';
import type { RevocationStatus } from './status';

/** Asks whether a certificate was revoked at a time. */
export interface RevocationQuestion {
  readonly certificate: Certificate;
  /** The certificates above it: its issuer first, the anchor last. Their path was found right already. */
  readonly above: readonly [Certificate, ...Certificate[]];
  readonly at: Date;
  /** Signers of lists whose own status is being asked for just now: ends circles. */
  readonly pending?: readonly Certificate[];
}

/** Lists and answers at hand, and how those that others signed are proved. */
export interface RevocationSources {
  readonly crls: readonly CertificateList[];
  readonly ocsps: readonly OcspResponse[];
  /** Where certificates of signers may be found. */
  readonly intermediates: readonly Certificate[];
  readonly trust: SignerTrust;
}

/** What only path validation can tell about whoever signed a list or an answer. */
export interface SignerTrust {
  /**
   * A path from a signer of lists to the very anchor of the question that holds at that time, without revocation
   * (RFC 5280 §6.3.3 f). Undefined when there is none, or too many were asked for.
   */
  pathOf(signer: Certificate, at: Date): Promise<readonly Certificate[] | undefined>;
  /** Whether a responder right under the first of `above` is in order at that time, without revocation. */
  isResponderInOrder(responder: Certificate, above: readonly Certificate[], at: Date): Promise<boolean>;
  statusOf(question: RevocationQuestion): Promise<RevocationStatus>;
}

/** Knows nobody beyond the issuer: for answers judged without a path. */
export const issuerAlone: SignerTrust = {
  pathOf: () => Promise.resolve(undefined),
  isResponderInOrder: () => Promise.resolve(true),
  statusOf: () => Promise.resolve({ status: 'unknown', source: 'none' }),
};
