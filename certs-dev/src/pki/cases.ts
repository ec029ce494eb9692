import { demoAgency, demoPerson, pkiCases } from '#directory';
import type { PkiCase, PkiRevocation } from '#directory';
import { issueCertificate } from '#pki';
import { ownName } from './authorities';
import type { Authorities, Authority, Issued } from './authorities';
import { daysFrom } from './dates';
import { agencyPlans, makeHolder, personPlan } from './holders';
import type { Holder, HolderPlan, Validity } from './holders';
import { issuingKey, newKeys } from './keys';
import type { PkiUrls } from './urls';
import { notForSigning, usageOf } from './usages';

type CaseName = PkiCase['case'];

export interface HolderCase extends Holder {
  readonly case: CaseName;
}

export interface Cases {
  readonly holders: readonly HolderCase[];
  /** An authority with the name of the State's and another key. */
  readonly impostor: Issued;
}

/** Certificates of one agency and its head that must be refused, each for one reason alone. */
export async function makeCases(now: Date, authorities: Authorities, urls: PkiUrls): Promise<Cases> {
  const impostor = await makeImpostor(now, authorities['state-ca']);
  const plans = [personPlan(demoPerson('lanhdao.sonoivu')), agencyPlans(demoAgency('sonoivu'))[0]];
  const make = async (name: CaseName, plan: HolderPlan): Promise<HolderCase> => {
    const issuer = name === 'untrusted' ? impostor : authorities[plan.issuer];
    const usage = name === 'wrong-usage' ? notForSigning : usageOf(plan.use, plan.keys);
    const holder = await makeHolder(plan, { validity: validityOf(name, now), usage, issuer, urls });
    return { ...holder, case: name };
  };
  const holders = await Promise.all(pkiCases.flatMap((name) => plans.map((plan) => make(name, plan))));
  return { holders, impostor };
}

/** What CRLs and responders say of the cases: since half a day ago. */
export function revocationsOf(cases: readonly HolderCase[], now: Date): readonly PkiRevocation[] {
  const at = daysFrom(now, -0.5).toISOString();
  return cases.flatMap(({ case: name, issuer, certificate: { serialNumber } }): PkiRevocation[] => {
    if (name === 'revoked') return [{ issuer, serialNumber, at, reason: 'keyCompromise' }];
    if (name === 'suspended') return [{ issuer, serialNumber, at, reason: 'certificateHold' }];
    return [];
  });
}

function validityOf(name: CaseName, now: Date): Validity {
  const from = (first: number, last: number): Validity => ({
    notBefore: daysFrom(now, first),
    notAfter: daysFrom(now, last),
  });
  if (name === 'expired') return from(-3 * 365, -365);
  if (name === 'not-yet-valid') return from(365, 4 * 365);
  return from(-1, 3 * 365);
}

async function makeImpostor(now: Date, original: Authority): Promise<Issued> {
  const keys = await newKeys('P-256');
  const certificate = await issueCertificate({
    subject: ownName(original.name),
    spki: keys.spki,
    issuer: 'self',
    issuerKey: issuingKey(keys),
    notBefore: daysFrom(now, -365),
    notAfter: daysFrom(now, 10 * 365),
    ca: {},
    keyUsage: ['keyCertSign', 'cRLSign'],
  });
  return { name: original.name, keys, certificate };
}
