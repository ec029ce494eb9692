import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { problem } from '../problems/problem';
import type { ActorResolverPort, PolicyGuardPort, RoutePolicy } from './policy';
import { policyMetadata } from './policy';
import { anonymousActor, requestContext } from './request-context';

export interface RoutePolicyGuardParts {
  readonly resolver?: ActorResolverPort | undefined;
  readonly policies?: PolicyGuardPort | undefined;
}

/** Lets in whom the route's policy allows. A route that names no policy lets in nobody. */
export class RoutePolicyGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(private readonly parts: RoutePolicyGuardParts) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const route = this.reflector.getAllAndOverride<RoutePolicy | undefined>(policyMetadata, [
      context.getHandler(),
      context.getClass(),
    ]);
    const actor = (await this.parts.resolver?.resolve(request)) ?? anonymousActor(request);
    requestContext(request).actor = actor;
    if (!route) throw problem('ACCESS_DENIED');
    if (route.policy === 'public') return true;
    const decision = await this.parts.policies?.decide(actor, route.policy, request);
    if (!decision) throw problem('ACCESS_DENIED');
    if (!decision.allowed) throw problem(decision.code);
    return true;
  }
}
