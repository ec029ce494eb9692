import type { Bloc, KeyAlgorithm, PkiAuthorityId } from '#directory';
import { oids } from '#pki';
import { issueCertificate } from '../issue/certificate';
import type { IssuedCertificate, Issuer } from '../issue/certificate';
import {
  authorityConstraints,
  authorityInformation,
  crlDistributionPoint,
  extendedKeyUsage,
  keyUsage,
  ocspNoCheck,
} from '../issue/extensions';
import { newKeyPair } from '../issue/keys';
import { demoOrganization } from './index-file';
import type { PkiUrls } from './urls';

export interface Authority extends Issuer {
  readonly id: PkiAuthorityId;
  readonly issuer: PkiAuthorityId;
  readonly certificate: IssuedCertificate;
}

export type Authorities = Readonly<Record<PkiAuthorityId, Authority>>;

const day = 86_400_000;

/** Moves a date by whole days. */
export function daysFrom(date: Date, days: number): Date {
  return new Date(date.getTime() + days * day);
}

/** The authority that issues for a bloc: the Front and the unions are served by the Party's. */
export function issuerFor(bloc: Bloc): 'party-ca' | 'state-ca' {
  return bloc === 'state' ? 'state-ca' : 'party-ca';
}

interface Plan {
  readonly id: PkiAuthorityId;
  readonly issuer: PkiAuthorityId;
  readonly name: string;
  readonly keys: KeyAlgorithm;
  readonly years: number;
  readonly role: 'root' | 'issuing-ca' | 'time-stamping' | 'ocsp';
}

const plans: readonly Plan[] = [
  { id: 'root', issuer: 'root', name: 'Sealpost Demo Root CA', keys: 'EC-P256', years: 20, role: 'root' },
  {
    id: 'party-ca',
    issuer: 'root',
    name: 'Sealpost Demo CA khối Đảng',
    keys: 'EC-P256',
    years: 10,
    role: 'issuing-ca',
  },
  {
    id: 'state-ca',
    issuer: 'root',
    name: 'Sealpost Demo CA khối Nhà nước',
    keys: 'RSA-3072',
    years: 10,
    role: 'issuing-ca',
  },
  { id: 'tsa', issuer: 'root', name: 'Sealpost Demo TSA', keys: 'EC-P256', years: 5, role: 'time-stamping' },
  { id: 'ocsp-root', issuer: 'root', name: 'Sealpost Demo OCSP', keys: 'EC-P256', years: 5, role: 'ocsp' },
  {
    id: 'ocsp-party',
    issuer: 'party-ca',
    name: 'Sealpost Demo OCSP khối Đảng',
    keys: 'EC-P256',
    years: 5,
    role: 'ocsp',
  },
  {
    id: 'ocsp-state',
    issuer: 'state-ca',
    name: 'Sealpost Demo OCSP khối Nhà nước',
    keys: 'EC-P256',
    years: 5,
    role: 'ocsp',
  },
];

/** Root, issuing authorities, time-stamping authority and OCSP responders, with new keys. */
export async function makeAuthorities(now: Date, urls: PkiUrls): Promise<Authorities> {
  const keys = await Promise.all(plans.map((plan) => newKeyPair(plan.keys)));
  const made: Partial<Record<PkiAuthorityId, Authority>> = {};
  for (const [index, plan] of plans.entries()) {
    const own = keys[index];
    if (own === undefined) throw new Error(`no key for ${plan.id}`);
    const subject = { commonName: plan.name, organization: demoOrganization };
    const issuer = plan.issuer === plan.id ? { subject, keys: own } : made[plan.issuer];
    if (issuer === undefined) throw new Error(`${plan.issuer} must be made before ${plan.id}`);
    const certificate = issueCertificate(issuer, {
      subject,
      spki: own.spki,
      // Old enough to have issued the certificate that has expired.
      notBefore: daysFrom(now, -5 * 365),
      notAfter: daysFrom(now, plan.years * 365),
      extensions: [...roleExtensions[plan.role], ...locations(plan, urls)],
    });
    made[plan.id] = { id: plan.id, issuer: plan.issuer, subject, keys: own, certificate };
  }
  return made as Authorities;
}

const roleExtensions: Readonly<Record<Plan['role'], readonly Uint8Array[]>> = {
  root: [authorityConstraints({}), keyUsage('keyCertSign', 'cRLSign')],
  'issuing-ca': [authorityConstraints({ pathLength: 0 }), keyUsage('keyCertSign', 'cRLSign')],
  // RFC 3161 §2.3: this one purpose, critical.
  'time-stamping': [keyUsage('digitalSignature'), extendedKeyUsage('critical', oids.timeStamping)],
  ocsp: [keyUsage('digitalSignature'), extendedKeyUsage('critical', oids.ocspSigning), ocspNoCheck()],
};

function locations(plan: Plan, urls: PkiUrls): readonly Uint8Array[] {
  if (plan.role === 'root') return [];
  const caIssuers = authorityInformation(urls.ocsp, urls.certificateOf(plan.issuer));
  return plan.role === 'ocsp' ? [caIssuers] : [crlDistributionPoint(urls.crlOf(plan.issuer)), caIssuers];
}
