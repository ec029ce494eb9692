import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor, PersonActor } from '../actor/actor';
import { problem } from '../problems/problem';
import { actorOf } from './request-context';

/** Controller parameter: whoever acts (`Actor`), as found by the guard. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor =>
  actorOf(context.switchToHttp().getRequest<Request>()),
);

/** Controller parameter: the logged-in person (`PersonActor`); anybody else gets `NOT_LOGGED_IN`. */
export const CurrentPerson = createParamDecorator((_: unknown, context: ExecutionContext): PersonActor => {
  const actor = actorOf(context.switchToHttp().getRequest<Request>());
  if (actor.kind !== 'person') throw problem('NOT_LOGGED_IN');
  return actor;
});
