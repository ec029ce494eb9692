import type { ValidationReport } from '#signing';
import { verifyPdf } from '#signing';

import type { TrustMaterial } from '../../trust/trust-material';

/** How long a report may be used again for the same bytes on the same trust material. */
const rememberedMs = 10_000;
const maxRemembered = 200;

/**
 * One document often arrives for several agencies of a node within seconds. A report is a function of bytes, trust
 * material and moment, so for the same three it is worked out once; the moment is taken as the same for ten seconds.
 */
export class RememberedReports {
  private readonly known = new Map<
    string,
    { readonly material: TrustMaterial; readonly at: number; readonly report: Promise<ValidationReport> }
  >();

  async report(
    sha256: string,
    bytes: Uint8Array,
    material: TrustMaterial,
    now: Date,
  ): Promise<ValidationReport> {
    const known = this.known.get(sha256);
    const age = known ? now.getTime() - known.at : Number.NaN;
    if (known?.material === material && age >= 0 && age < rememberedMs) return known.report;
    const report = verifyPdf(bytes, { ...material, now });
    if (this.known.size >= maxRemembered) this.known.clear();
    this.known.set(sha256, { material, at: now.getTime(), report });
    report.catch(() => this.known.delete(sha256));
    return report;
  }
}
