import type { Act, Expected, Reach, Scene, Subject } from '../act';
import { firstRefusal, unless } from '../act';
import type { Person } from '../people';

export interface IncomingSubject extends Subject {
  readonly agency_id: string;
  readonly source: 'electronic' | 'paper';
  readonly state: string;
  readonly frozen: boolean;
  readonly take_back: string;
  readonly registered: boolean;
  readonly verified: boolean;
  readonly handling: string | null;
  readonly leader_id: string | null;
  readonly instruction_id: string | null;
  readonly lead_person_id: string | null;
  readonly tasked: readonly string[];
}

interface Where {
  readonly states?: readonly string[];
  readonly handling?: readonly string[];
  readonly takeBack?: readonly string[];
  readonly verified?: boolean;
}

/** Incoming documents at random; of the own agency and in likely states, or any at all. */
function chooseIncoming(
  { by, random, query }: Scene,
  reach: Reach,
  where: Where,
): Promise<IncomingSubject[]> {
  const own = reach === 'own';
  return query<IncomingSubject>(chosen, [
    own ? by.agencyId : null,
    own ? (where.states ?? null) : null,
    own ? (where.handling ?? null) : null,
    own ? (where.takeBack ?? null) : null,
    own ? (where.verified ?? null) : null,
    String(random()),
  ]);
}

const chosen = `
  SELECT i.id, i.agency_id, i.source, i.state, i.frozen_at IS NOT NULL AS frozen, i.take_back,
         i.arrival_number IS NOT NULL AS registered, i.handling, i.leader_id, i.instruction_id, i.lead_person_id,
         EXISTS (SELECT FROM workflow.incoming_verification v WHERE v.incoming_id = i.id) AS verified,
         ARRAY(SELECT t.person_id::text FROM workflow.handling_task t
                WHERE t.handling_id = i.id AND t.state IN ('open', 'done')) AS tasked,
         (SELECT count(*)::integer FROM model.change c WHERE c.subject = i.id) AS seen
    FROM (SELECT i.*, h.state AS handling, h.leader_id, h.instruction_id, h.lead_person_id
            FROM workflow.incoming i LEFT JOIN workflow.handling h ON h.id = i.id
           WHERE ($1::uuid IS NULL OR i.agency_id = $1) AND ($2::text[] IS NULL OR i.state = ANY($2))
             AND ($3::text[] IS NULL OR h.state = ANY($3))
             AND ($4::text[] IS NULL OR i.take_back = ANY($4))
             AND ($5::boolean IS NULL OR $5 = EXISTS (SELECT FROM workflow.incoming_verification v WHERE v.incoming_id = i.id))
           ORDER BY md5(i.id::text || $6) LIMIT 6) i`;

/** Clerks and leaders of the agency, and who has it before them (docs/decisions/0006). */
export function knows(by: Person, incoming: IncomingSubject): Expected {
  const concerned =
    by.roles.includes('clerk') ||
    by.roles.includes('leader') ||
    incoming.leader_id === by.personId ||
    incoming.tasked.includes(by.personId);
  return unless(by.agencyId === incoming.agency_id && concerned, 'INCOMING_NOT_FOUND');
}

/** For what changes it: known, and not withdrawn. */
export function opens(by: Person, incoming: IncomingSubject): Expected {
  return firstRefusal(knows(by, incoming), unless(!incoming.frozen, 'INCOMING_WITHDRAWN'));
}

export function onIncoming(
  name: string,
  where: Where,
  rest: Omit<Act<IncomingSubject>, 'name' | 'choose' | 'watch'>,
): Act<IncomingSubject> {
  return {
    name,
    ...rest,
    choose: (scene, reach) => chooseIncoming(scene, reach, where),
    watch: ({ id }) => [id],
  };
}
