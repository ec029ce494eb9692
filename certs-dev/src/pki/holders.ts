import { demoDirectory } from '#directory';
import type { CertificateOwner, CertificateUse, DemoAgency, DemoPerson, KeyAlgorithm } from '#directory';
import { issueCertificate, oids } from '#pki';
import type { Certificate, CertificateInput, NameAttributeInput } from '#pki';
import { issuerFor } from './authorities';
import type { Authorities, Issued } from './authorities';
import { daysFrom } from './dates';
import { issuingKey, newKeys } from './keys';
import type { Keys } from './keys';
import type { PkiUrls } from './urls';
import { policyExtension, usageOf } from './usages';

/** What a certificate is to be issued for. */
export interface HolderPlan {
  readonly owner: CertificateOwner & { readonly key: string };
  readonly use: CertificateUse;
  readonly name: string;
  readonly subject: readonly NameAttributeInput[];
  readonly keys: KeyAlgorithm;
  readonly issuer: 'party-ca' | 'state-ca';
}

/** A key pair and certificate of an agency or a person. */
export interface Holder extends Issued {
  readonly owner: HolderPlan['owner'];
  readonly use: CertificateUse;
  readonly issuer: HolderPlan['issuer'];
}

export type Validity = Pick<CertificateInput, 'notBefore' | 'notAfter'>;

/** Every agency's three certificates and every person's one. */
export async function makeHolders(
  now: Date,
  authorities: Authorities,
  urls: PkiUrls,
): Promise<readonly Holder[]> {
  const validity = { notBefore: daysFrom(now, -1), notAfter: daysFrom(now, 3 * 365) };
  const plans = [...demoDirectory.agencies.flatMap(agencyPlans), ...demoDirectory.people.map(personPlan)];
  return Promise.all(
    plans.map((plan) =>
      makeHolder(plan, {
        validity,
        usage: usageOf(plan.use, plan.keys),
        issuer: authorities[plan.issuer],
        urls,
      }),
    ),
  );
}

export async function makeHolder(
  plan: HolderPlan,
  options: {
    readonly validity: Validity;
    readonly usage: ReturnType<typeof usageOf>;
    readonly issuer: { readonly certificate: Certificate; readonly keys: Keys };
    readonly urls: PkiUrls;
  },
): Promise<Holder> {
  const { validity, usage, issuer, urls } = options;
  const keys = await newKeys(plan.keys);
  const certificate = await issueCertificate({
    subject: plan.subject,
    spki: keys.spki,
    issuer: issuer.certificate,
    issuerKey: issuingKey(issuer.keys),
    ...validity,
    ...usage,
    crlUrls: [urls.crlOf(plan.issuer)],
    ocspUrls: [urls.ocsp],
    caIssuerUrls: [urls.certificateOf(plan.issuer)],
    extensions: [policyExtension()],
  });
  return { owner: plan.owner, use: plan.use, name: plan.name, issuer: plan.issuer, keys, certificate };
}

export function agencyPlans(agency: DemoAgency): readonly [HolderPlan, HolderPlan, HolderPlan] {
  const { id, key, code, name, bloc } = agency;
  const plan = (use: CertificateUse, keys: KeyAlgorithm): HolderPlan => ({
    owner: { kind: 'agency', id, key },
    use,
    name,
    subject: [
      [oids.countryName, 'VN'],
      [oids.organizationName, name],
      [oids.organizationIdentifier, code],
      [oids.commonName, name],
    ],
    keys,
    issuer: issuerFor(bloc),
  });
  return [plan('signing', agency.keys), plan('evidence', 'P-256'), plan('encryption', agency.keys)];
}

/** A person's certificate names the agency but not its code, so that no person passes for an agency. */
export function personPlan(person: DemoPerson): HolderPlan {
  const agency = demoDirectory.agencies.find((candidate) => candidate.id === person.agencyId);
  if (agency === undefined) throw new Error(`${person.key} belongs to no agency`);
  return {
    owner: { kind: 'person', id: person.id, key: person.key },
    use: 'signing',
    name: person.fullName,
    subject: [
      [oids.countryName, 'VN'],
      [oids.organizationName, agency.name],
      [oids.title, person.title],
      [oids.serialNumber, `DEMO-${person.id.slice(0, 8).toUpperCase()}`],
      [oids.commonName, person.fullName],
    ],
    keys: person.keys,
    issuer: issuerFor(agency.bloc),
  };
}
