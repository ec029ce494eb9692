import type { AnonymousActor, PersonActor } from '#platform';
import type { Office } from './office';

/** Whoever holds the office, acting in a session and a request. */
export function personActorOf(
  office: Office,
  sessionId: string,
  { ip, requestId }: Pick<AnonymousActor, 'ip' | 'requestId'>,
): PersonActor {
  const { personId, agencyId, bodyIds, postId, roles } = office;
  return { kind: 'person', personId, agencyId, bodyIds, postId, roles, sessionId, ip, requestId };
}
