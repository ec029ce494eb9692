import type { PersonActor } from '#platform';
import type { Office } from './offices';

/** Whoever holds the office, acting in a session and a request. */
export function personActorOf(
  office: Office,
  sessionId: string,
  { ip, requestId, mustChangePassword }: Pick<PersonActor, 'ip' | 'requestId' | 'mustChangePassword'>,
): PersonActor {
  const { personId, agencyId, postId, roles, post } = office;
  return {
    kind: 'person',
    personId,
    agencyId,
    bodyIds: post.bodyIds,
    postId,
    roles,
    sessionId,
    ip,
    requestId,
    ...(mustChangePassword && { mustChangePassword }),
  };
}
