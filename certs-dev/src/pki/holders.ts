import { demoDirectory } from '#directory';
import type { CertificateOwner, CertificateUse, DemoAgency, DemoPerson, KeyAlgorithm } from '#directory';
import { oids } from '#pki';
import { issueCertificate } from '../issue/certificate';
import type { IssuedCertificate, Issuer, Validity } from '../issue/certificate';
import {
  authorityInformation,
  crlDistributionPoint,
  developmentPolicy,
  evidencePurpose,
  extendedKeyUsage,
  keyUsage,
  policies,
} from '../issue/extensions';
import { newKeyPair } from '../issue/keys';
import type { KeyPair } from '../issue/keys';
import type { Subject } from '../issue/subject';
import { daysFrom, issuerFor } from './authorities';
import type { Authorities } from './authorities';
import type { PkiUrls } from './urls';

/** A key pair and certificate of an agency or a person. */
export interface Holder {
  readonly owner: CertificateOwner & { readonly key: string };
  readonly use: CertificateUse;
  readonly keys: KeyPair;
  readonly certificate: IssuedCertificate;
  readonly issuer: 'party-ca' | 'state-ca';
}

/** What a certificate is to be issued for. */
export interface HolderPlan {
  readonly owner: CertificateOwner & { readonly key: string };
  readonly use: CertificateUse;
  readonly subject: Subject;
  readonly keys: KeyAlgorithm;
  readonly issuer: 'party-ca' | 'state-ca';
}

/** Every agency's three certificates and every person's one, issued in the order of the demo data. */
export async function makeHolders(
  now: Date,
  authorities: Authorities,
  urls: PkiUrls,
): Promise<readonly Holder[]> {
  const validity = { notBefore: daysFrom(now, -1), notAfter: daysFrom(now, 3 * 365) };
  const plans = [...demoDirectory.agencies.flatMap(agencyPlans), ...demoDirectory.people.map(personPlan)];
  return Promise.all(
    plans.map((plan) =>
      makeHolder(plan, { validity, usage: usageOf(plan), issuer: authorities[plan.issuer], urls }),
    ),
  );
}

export async function makeHolder(
  plan: HolderPlan,
  options: {
    readonly validity: Validity;
    readonly usage: readonly Uint8Array[];
    readonly issuer: Issuer;
    readonly urls: PkiUrls;
  },
): Promise<Holder> {
  const keys = await newKeyPair(plan.keys);
  const certificate = issueCertificate(options.issuer, {
    subject: plan.subject,
    spki: keys.spki,
    ...options.validity,
    extensions: [
      ...options.usage,
      policies(developmentPolicy),
      crlDistributionPoint(options.urls.crlOf(plan.issuer)),
      authorityInformation(options.urls.ocsp, options.urls.certificateOf(plan.issuer)),
    ],
  });
  return { owner: plan.owner, use: plan.use, keys, certificate, issuer: plan.issuer };
}

export function agencyPlans(agency: DemoAgency): readonly HolderPlan[] {
  const { id, key, code, name, bloc } = agency;
  const plan = (use: CertificateUse, keys: KeyAlgorithm): HolderPlan => ({
    owner: { kind: 'agency', id, key },
    use,
    subject: { commonName: name, organization: name, organizationIdentifier: code },
    keys,
    issuer: issuerFor(bloc),
  });
  return [plan('signing', agency.keys), plan('evidence', 'EC-P256'), plan('encryption', agency.keys)];
}

export function personPlan(person: DemoPerson): HolderPlan {
  const agency = demoDirectory.agencies.find((candidate) => candidate.id === person.agencyId);
  if (agency === undefined) throw new Error(`${person.key} belongs to no agency`);
  return {
    owner: { kind: 'person', id: person.id, key: person.key },
    use: 'signing',
    subject: {
      commonName: person.fullName,
      organization: agency.name,
      title: person.title,
      serialNumber: `DEMO-${person.id.slice(0, 8).toUpperCase()}`,
    },
    keys: person.keys,
    issuer: issuerFor(agency.bloc),
  };
}

/** Key usage and extended key usage of a certificate for that use (RFC 5280 §4.2.1.3, RFC 9336). */
export function usageOf({ use, keys }: Pick<HolderPlan, 'use' | 'keys'>): readonly Uint8Array[] {
  switch (use) {
    case 'signing':
      return [
        keyUsage('digitalSignature', 'nonRepudiation'),
        extendedKeyUsage('not-critical', oids.documentSigning, oids.emailProtection),
      ];
    case 'evidence':
      // An unattended key: no document signature may rest on it.
      return [keyUsage('digitalSignature'), extendedKeyUsage('not-critical', evidencePurpose)];
    case 'encryption':
      return [
        keyUsage(keys === 'EC-P256' ? 'keyAgreement' : 'keyEncipherment'),
        extendedKeyUsage('not-critical', oids.emailProtection),
      ];
  }
}
