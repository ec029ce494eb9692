import { demoAgency, demoPerson } from '#directory';
import type { PkiCase } from '#directory';
import { oids } from '#pki';
import { issueCertificate } from '../issue/certificate';
import type { IssuedCertificate, Issuer, Validity } from '../issue/certificate';
import { authorityConstraints, extendedKeyUsage, keyUsage } from '../issue/extensions';
import { newKeyPair } from '../issue/keys';
import type { Revocation } from '../issue/crl';
import { daysFrom } from './authorities';
import type { Authorities } from './authorities';
import { agencyPlans, makeHolder, personPlan, usageOf } from './holders';
import type { Holder, HolderPlan } from './holders';
import type { PkiUrls } from './urls';

export type CaseName = PkiCase['case'];

export interface HolderCase extends Holder {
  readonly case: CaseName;
}

export interface Cases {
  readonly holders: readonly HolderCase[];
  /** Bears the name of the State's issuing authority and another key. */
  readonly impostor: { readonly certificate: IssuedCertificate; readonly keys: Issuer['keys'] };
}

/** Certificates of one agency and its head that must be refused, each for one reason alone. */
export async function makeCases(now: Date, authorities: Authorities, urls: PkiUrls): Promise<Cases> {
  const impostor = await makeImpostor(now, authorities['state-ca']);
  const [agency] = agencyPlans(demoAgency('sonoivu'));
  const plans = [personPlan(demoPerson('lanhdao.sonoivu')), agency].filter((plan) => plan !== undefined);
  const make = async (name: CaseName, plan: HolderPlan): Promise<HolderCase> => {
    const issuer = name === 'untrusted' ? impostor : authorities[plan.issuer];
    const usage = name === 'wrong-usage' ? notForSigning : usageOf(plan);
    const holder = await makeHolder(plan, { validity: validityOf(name, now), usage, issuer, urls });
    return { ...holder, case: name };
  };
  const names = ['expired', 'not-yet-valid', 'revoked', 'suspended', 'wrong-usage', 'untrusted'] as const;
  const holders = await Promise.all(names.flatMap((name) => plans.map((plan) => make(name, plan))));
  return { holders, impostor };
}

/** What the CRL and the responder of `issuer` say of the cases. */
export function revocationsOf(
  cases: readonly HolderCase[],
  now: Date,
): readonly (Revocation & { readonly issuer: Holder['issuer'] })[] {
  const reasons = { revoked: 'keyCompromise', suspended: 'certificateHold' } as const;
  const at = daysFrom(now, -0.5);
  at.setUTCMilliseconds(0);
  return cases.flatMap((holder) => {
    const { case: name, issuer, certificate } = holder;
    if (name !== 'revoked' && name !== 'suspended') return [];
    return [{ issuer, serialNumber: certificate.serialNumber, at, reason: reasons[name] }];
  });
}

const notForSigning = [keyUsage('keyAgreement'), extendedKeyUsage('not-critical', oids.clientAuth)];

function validityOf(name: CaseName, now: Date): Validity {
  const from = (first: number, last: number): Validity => ({
    notBefore: daysFrom(now, first),
    notAfter: daysFrom(now, last),
  });
  if (name === 'expired') return from(-3 * 365, -365);
  if (name === 'not-yet-valid') return from(365, 4 * 365);
  return from(-1, 3 * 365);
}

async function makeImpostor(now: Date, original: Issuer): Promise<Cases['impostor'] & Issuer> {
  const keys = await newKeyPair('EC-P256');
  const issuer = { subject: original.subject, keys };
  const certificate = issueCertificate(issuer, {
    subject: issuer.subject,
    spki: keys.spki,
    notBefore: daysFrom(now, -365),
    notAfter: daysFrom(now, 10 * 365),
    extensions: [authorityConstraints({}), keyUsage('keyCertSign', 'cRLSign')],
  });
  return { ...issuer, certificate };
}
