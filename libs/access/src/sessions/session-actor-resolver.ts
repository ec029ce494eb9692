import { Injectable } from '@nestjs/common';
import type { Actor, ActorResolverPort } from '#platform';
import { anonymousActor, Clock, UnitOfWork } from '#platform';
import type { Request } from 'express';
import { personActorOf } from './person-actor';
import { findSessionInOffice, touchSession } from './session-store';
import { hashSessionToken, readSessionToken } from './session-token';

/**
 * Finds who asks: a person by the session cookie, else nobody. (Other nodes have a listener of their own.) Posts
 * and roles are read anew for every request, so that a change of them acts at once.
 */
@Injectable()
export class SessionActorResolver implements ActorResolverPort {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async resolve(request: Request): Promise<Actor> {
    const nobody = anonymousActor(request);
    const token = readSessionToken(request.headers.cookie);
    if (token === undefined) return nobody;
    const now = this.clock.now();
    const found = await findSessionInOffice(this.unitOfWork, hashSessionToken(token), now);
    if (!found) return nobody;
    await touchSession(this.unitOfWork, found.session, now);
    const { id, mustChangePassword } = found.session;
    return personActorOf(found.office, id, { ...nobody, ...(mustChangePassword && { mustChangePassword }) });
  }
}
