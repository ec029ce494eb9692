import type { Certificate } from '#pki';
import type { ValidationMaterial } from '#signing';

import type { Timestamps } from '../../trust/timestamps';
import type { TrustService } from '../../trust/trust-service';

/** What proves the signers' certificates later, for the document security store: signers and time-stamping authority. */
export function validationMaterial(
  trust: TrustService,
  timestamps: Timestamps,
  signers: readonly (Certificate | null)[],
): Promise<ValidationMaterial> {
  return trust.evidenceFor([
    ...signers
      .filter((certificate) => certificate !== null)
      .map((certificate) => ({ certificate, purpose: 'document-signing' as const })),
    ...timestamps.authorities.map((certificate) => ({ certificate, purpose: 'time-stamping' as const })),
  ]);
}
