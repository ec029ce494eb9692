import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Actor, PolicyDecision, PolicyGuardPort } from '#platform';
import { Config } from '#platform';
import type { Request } from 'express';
import { isCsrfTokenGiven, isOriginRight } from '../sessions/forgery';
import { readSessionToken } from '../sessions/session-token';
import { Delegations } from '../delegations/delegations';
import { isAllowed } from './decide-policy';
import type { PolicyName } from './policy-names';

type RefusalCode =
  'NOT_LOGGED_IN' | 'POLICY_DENIED' | 'ORIGIN_REFUSED' | 'CSRF_REFUSED' | 'PASSWORD_CHANGE_REQUIRED';

/** All that is left to who must change the password first. */
const beforePassword: ReadonlySet<string> = new Set<PolicyName>([
  'session.read',
  'session.change',
  'session.close',
]);

/** Decides on every request by policy; what it refuses is in the trail before the answer is sent. */
@Injectable()
export class CedarGuard implements PolicyGuardPort {
  constructor(
    private readonly trail: AuditTrail,
    private readonly config: Config,
    private readonly delegations: Delegations,
  ) {}

  async decide(actor: Actor, policy: string, request: Request): Promise<PolicyDecision> {
    const code = refusalOf(actor, policy, request, this.config.origins);
    if (code === undefined) return { allowed: true };
    // Which documents a delegation covers is asked by the use case, which alone has read them.
    if (
      code === 'POLICY_DENIED' &&
      actor.kind === 'person' &&
      (await this.delegations.mayLend(actor, policy))
    )
      return { allowed: true };
    await this.trail.record(actor, {
      action: 'access.denied',
      outcome: 'denied',
      code,
      details: { policy, method: request.method },
    });
    return { allowed: false, code };
  }
}

function refusalOf(
  actor: Actor,
  policy: string,
  request: Request,
  origins: readonly string[],
): RefusalCode | undefined {
  if (actor.kind === 'anonymous') return 'NOT_LOGGED_IN';
  if (actor.kind === 'person') {
    // A cookie travels by itself; only these two show that the person meant the request.
    if (!isOriginRight(request, origins)) return 'ORIGIN_REFUSED';
    const token = readSessionToken(request.headers.cookie);
    if (token === undefined || !isCsrfTokenGiven(request, token)) return 'CSRF_REFUSED';
    if (actor.mustChangePassword && !beforePassword.has(policy)) return 'PASSWORD_CHANGE_REQUIRED';
  }
  return isAllowed(actor, policy) ? undefined : 'POLICY_DENIED';
}
