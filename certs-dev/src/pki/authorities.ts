import type { Bloc, KeyAlgorithm, PkiAuthorityId } from '#directory';
import { issueCertificate, oids } from '#pki';
import type { Certificate, CertificateInput, NameAttributeInput } from '#pki';
import { daysFrom } from './dates';
import { issuingKey, newKeys } from './keys';
import type { Keys } from './keys';
import type { PkiUrls } from './urls';

/** A certificate and its keys. */
export interface Issued {
  readonly name: string;
  readonly certificate: Certificate;
  readonly keys: Keys;
}

export interface Authority extends Issued {
  readonly id: PkiAuthorityId;
  readonly issuer: PkiAuthorityId;
}

export type Authorities = Readonly<Record<PkiAuthorityId, Authority>>;

/** The authority that issues for a bloc: the Front and the unions are served by the Party's. */
export function issuerFor(bloc: Bloc): 'party-ca' | 'state-ca' {
  return bloc === 'state' ? 'state-ca' : 'party-ca';
}

/** Name of something that belongs to the development PKI itself. */
export function ownName(commonName: string): readonly NameAttributeInput[] {
  return [
    [oids.countryName, 'VN'],
    [oids.organizationName, 'Sealpost (trình diễn)'],
    [oids.commonName, commonName],
  ];
}

type Role = 'root' | 'issuing-ca' | 'time-stamping' | 'ocsp';

interface Plan {
  readonly id: PkiAuthorityId;
  readonly issuer: PkiAuthorityId;
  readonly name: string;
  readonly role: Role;
  readonly keys?: KeyAlgorithm;
}

/** Issuers stand before what they issue. */
const plans: readonly Plan[] = [
  { id: 'root', issuer: 'root', name: 'Sealpost Demo Root CA', role: 'root' },
  { id: 'party-ca', issuer: 'root', name: 'Sealpost Demo CA khối Đảng', role: 'issuing-ca' },
  {
    id: 'state-ca',
    issuer: 'root',
    name: 'Sealpost Demo CA khối Nhà nước',
    role: 'issuing-ca',
    keys: 'RSA-3072',
  },
  { id: 'tsa', issuer: 'root', name: 'Sealpost Demo TSA', role: 'time-stamping' },
  { id: 'ocsp-root', issuer: 'root', name: 'Sealpost Demo OCSP', role: 'ocsp' },
  { id: 'ocsp-party', issuer: 'party-ca', name: 'Sealpost Demo OCSP khối Đảng', role: 'ocsp' },
  { id: 'ocsp-state', issuer: 'state-ca', name: 'Sealpost Demo OCSP khối Nhà nước', role: 'ocsp' },
];

const years: Readonly<Record<Role, number>> = { root: 20, 'issuing-ca': 10, 'time-stamping': 5, ocsp: 5 };

const usages: Readonly<
  Record<Role, Pick<CertificateInput, 'ca' | 'keyUsage' | 'extendedKeyUsage' | 'isOcspNoCheck'>>
> = {
  root: { ca: {}, keyUsage: ['keyCertSign', 'cRLSign'] },
  'issuing-ca': { ca: { pathLength: 0 }, keyUsage: ['keyCertSign', 'cRLSign'] },
  // RFC 3161 §2.3: this one purpose, critical.
  'time-stamping': {
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: [oids.timeStamping], critical: true },
  },
  ocsp: {
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { purposes: [oids.ocspSigning] },
    isOcspNoCheck: true,
  },
};

/** Root, issuing authorities, time-stamping authority and OCSP responders, with new keys. */
export async function makeAuthorities(now: Date, urls: PkiUrls): Promise<Authorities> {
  const keys = await Promise.all(plans.map((plan) => newKeys(plan.keys ?? 'P-256')));
  const made: Partial<Record<PkiAuthorityId, Authority>> = {};
  for (const [index, plan] of plans.entries()) {
    const own = keys[index];
    const issuer = made[plan.issuer];
    if (own === undefined || (issuer === undefined && plan.role !== 'root'))
      throw new Error(`${plan.issuer} must be made before ${plan.id}`);
    const certificate = await issueCertificate({
      subject: ownName(plan.name),
      spki: own.spki,
      issuer: issuer?.certificate ?? 'self',
      issuerKey: issuingKey(issuer?.keys ?? own),
      // Old enough to have issued the certificate that has expired.
      notBefore: daysFrom(now, -5 * 365),
      notAfter: daysFrom(now, years[plan.role] * 365),
      ...usages[plan.role],
      ...locations(plan, urls),
    });
    made[plan.id] = { id: plan.id, issuer: plan.issuer, name: plan.name, keys: own, certificate };
  }
  return made as Authorities;
}

/** Where an issued certificate's status and issuer are found. The root has none. */
function locations(
  plan: Plan,
  urls: PkiUrls,
): Pick<CertificateInput, 'crlUrls' | 'ocspUrls' | 'caIssuerUrls'> {
  if (plan.role === 'root') return {};
  const caIssuerUrls = [urls.certificateOf(plan.issuer)];
  if (plan.role === 'ocsp') return { caIssuerUrls };
  return { crlUrls: [urls.crlOf(plan.issuer)], ocspUrls: [urls.ocsp], caIssuerUrls };
}
