import type { Certificate } from '../../certificate/certificate';

/** State of a service from a moment on, until the next one (ETSI TS 119 612 §5.5, §5.6). */
export interface ServiceState {
  /** URI of ServiceTypeIdentifier. */
  readonly type: string;
  /** URI of ServiceStatus. */
  readonly status: string;
  readonly since: Date;
  readonly certificates: readonly Certificate[];
  /** URIs of AdditionalServiceInformation, such as `…/SvcInfoExt/ForeSignatures`. */
  readonly scopes: readonly string[];
  /** A critical extension this lib does not know: the service must not be relied on (§5.5.9). */
  readonly hasUnknownCriticalExtension: boolean;
}

export interface TrustListService {
  readonly provider: string;
  readonly name: string;
  /** Newest first; never empty. */
  readonly states: readonly ServiceState[];
}

/** A trusted list whose signature was verified (ETSI TS 119 612, versions 5 and 6 of the format). */
export interface TrustList {
  readonly version: 5 | 6;
  readonly sequenceNumber: number;
  /** URI of TSLType. */
  readonly type: string;
  /** Two letters, such as `VN`. */
  readonly territory: string;
  readonly issuedAt: Date;
  /** Undefined for a list that is closed and gets no successor (§5.3.15). */
  readonly nextUpdate: Date | undefined;
  readonly services: readonly TrustListService[];
  /** The configured certificate under which the signature holds. */
  readonly signer: Certificate;
}

/** How a list stands at a moment. An outdated one may lack revoked services; what to do is the caller's policy. */
export function freshnessOf(
  { nextUpdate }: Pick<TrustList, 'nextUpdate'>,
  at: Date,
): 'current' | 'outdated' | 'closed' {
  if (!nextUpdate) return 'closed';
  return at < nextUpdate ? 'current' : 'outdated';
}

const svctype = 'http://uri.etsi.org/TrstSvc/Svctype';
const svcstatus = 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus';

/** Types whose certificates may be anchors, for each use; national equivalents of the qualified ones included (§5.5.1). */
const typesFor: Readonly<Record<'certificates' | 'time-stamps', ReadonlySet<string>>> = {
  certificates: new Set([`${svctype}/CA/QC`, `${svctype}/CA/PKC`, `${svctype}/NationalRootCA-QC`]),
  'time-stamps': new Set([
    `${svctype}/TSA/QTST`,
    `${svctype}/TSA`,
    `${svctype}/TSA/TSS-QC`,
    `${svctype}/TSA/TSS-AdESQCandQES`,
  ]),
};

/** Granted, its names before July 2016, and what national law says instead (§5.5.4). */
const granted: ReadonlySet<string> = new Set([
  `${svcstatus}/granted`,
  `${svcstatus}/undersupervision`,
  `${svcstatus}/supervisionincessation`,
  `${svcstatus}/accredited`,
  `${svcstatus}/recognisedatnationallevel`,
  `${svcstatus}/setbynationallaw`,
]);

const webOnly = 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/ForWebSiteAuthentication';

/** The state a service was in at a moment; undefined before its first. */
function stateAt({ states }: TrustListService, at: Date): ServiceState | undefined {
  return states.find(({ since }) => since <= at);
}

/**
 * Certificates of the services that were granted at a moment, for signatures (`certificates`) or time-stamps: anchors
 * for path validation at that moment. Whether a certificate below them is a qualified one is not said by this.
 */
export function anchorsAt(
  { services }: Pick<TrustList, 'services'>,
  use: 'certificates' | 'time-stamps',
  at: Date,
): Certificate[] {
  return services.flatMap((service) => {
    const state = stateAt(service, at);
    return state && isUsable(state, typesFor[use]) ? state.certificates : [];
  });
}

function isUsable(state: ServiceState, types: ReadonlySet<string>): boolean {
  const isForWebOnly = state.scopes.length > 0 && state.scopes.every((scope) => scope === webOnly);
  return (
    types.has(state.type) && granted.has(state.status) && !state.hasUnknownCriticalExtension && !isForWebOnly
  );
}
