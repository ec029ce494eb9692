import type { CustomDecorator } from '@nestjs/common';
import { SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../actor/actor';

/** Metadata key under which a route carries its policy. */
export const policyMetadata = 'sealpost:policy';

/** The policy of a route: a named action, or `public` with the reason why nobody need be known. */
export interface RoutePolicy {
  /** `document.sign`, `audit.read`, …; `public` for open routes. */
  readonly policy: string;
  /** Why a public route is public. */
  readonly reason?: string;
}

/** Names the policy that must allow the actor in. A route without one is denied to everybody. */
export function RequirePolicy(policy: string): CustomDecorator {
  return SetMetadata(policyMetadata, { policy } satisfies RoutePolicy);
}

/** Opens a route to anybody; the reason is kept for the list of routes. */
export function PublicRoute(reason: string): CustomDecorator {
  return SetMetadata(policyMetadata, { policy: 'public', reason } satisfies RoutePolicy);
}

export type PolicyDecision =
  | { readonly allowed: true }
  /** `code` is answered through the problem catalogues, e.g. `ACCESS_DENIED` or `NOT_LOGGED_IN`. */
  | { readonly allowed: false; readonly code: string };

/** Decides whether the actor may use a route. Implemented by the access lib. */
export interface PolicyGuardPort {
  decide(actor: Actor, policy: string, request: Request): Promise<PolicyDecision>;
}
export const POLICY_GUARD = Symbol('POLICY_GUARD');

/**
 * Finds out who is asking, from session cookie or transport certificate; checks CSRF token and origin.
 * Answers an anonymous actor when nobody is known; throws a ProblemError for forged or stale proof.
 * Implemented by the access lib.
 */
export interface ActorResolverPort {
  resolve(request: Request): Promise<Actor>;
}
export const ACTOR_RESOLVER = Symbol('ACTOR_RESOLVER');
