import { Injectable } from '@nestjs/common';
import type { Actor, ActorResolverPort } from '#platform';
import { anonymousActor, Clock, UnitOfWork } from '#platform';
import type { Request } from 'express';
import { Offices } from './offices';
import { personActorOf } from './person-actor';
import { findOpenSession, touchSession } from './session-store';
import { hashSessionToken, readSessionToken } from './session-token';

/**
 * Finds who asks: a person by the session cookie, else nobody. (Other nodes have a listener of their own.) Posts
 * and roles are read anew for every request, so that a change of them acts at once.
 */
@Injectable()
export class SessionActorResolver implements ActorResolverPort {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly offices: Offices,
    private readonly clock: Clock,
  ) {}

  async resolve(request: Request): Promise<Actor> {
    const nobody = anonymousActor(request);
    const token = readSessionToken(request.headers.cookie);
    if (token === undefined) return nobody;
    const now = this.clock.now();
    return this.unitOfWork.run(nobody, async (tx) => {
      const session = await findOpenSession(tx, hashSessionToken(token), now);
      const office = session && (await this.offices.choose(tx, session.personId, session.appointmentId));
      if (!office) return nobody;
      await touchSession(tx, session, now);
      return personActorOf(office, session.id, nobody);
    });
  }
}
