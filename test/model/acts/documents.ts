import type { DocumentState } from '#workflow';
import { outgoingMachine } from '#workflow';
import type { Expected, Reach, Scene, Subject } from '../act';
import { tableSays } from '../act';
import type { Person } from '../people';

export interface DocumentSubject extends Subject {
  readonly agency_id: string;
  readonly state: DocumentState;
  readonly has_seal: boolean;
  readonly open_steps: number;
  readonly drafter_id: string;
  readonly signer_post_id: string;
  readonly body_id: string;
  readonly type_code: string;
  /** Whose turn it is to initial. */
  readonly step_person: string | null;
  readonly has_main: boolean;
}

/** Outgoing documents at random; of the own agency in states from which `event` leads on, or any at all. */
export function chooseDocuments(
  { by, random, query }: Scene,
  reach: Reach,
  event: string,
): Promise<DocumentSubject[]> {
  const states = outgoingMachine.transitions.filter((row) => row.event === event).map(({ from }) => from);
  return query<DocumentSubject>(chosen, [
    reach === 'own' ? by.agencyId : null,
    reach === 'own' ? [...new Set(states)] : null,
    String(random()),
  ]);
}

const chosen = `
  SELECT d.id, d.agency_id, d.state, d.has_seal, d.open_steps, d.drafter_id, d.signer_post_id, d.body_id, d.type_code,
         (SELECT s.person_id FROM workflow.review_step s
           WHERE s.document_id = d.id AND s.draft_no = d.draft_no AND s.state = 'pending' ORDER BY s.position LIMIT 1) AS step_person,
         EXISTS (SELECT FROM workflow.document_file f
           WHERE f.document_id = d.id AND f.role = 'main' AND f.removed_at IS NULL) AS has_main,
         (SELECT count(*)::integer FROM model.change c WHERE c.subject = d.id) AS seen
    FROM (SELECT * FROM workflow.document
           WHERE ($1::uuid IS NULL OR agency_id = $1) AND ($2::text[] IS NULL OR state = ANY($2))
           ORDER BY md5(id::text || $3) LIMIT 6) d`;

/** The own agency sees a document, and whoever is named to sign it. */
export function sees(by: Person, { agency_id, signer_post_id }: DocumentSubject): Expected {
  return by.agencyId === agency_id || by.postId === signer_post_id ? 'done' : 'DOCUMENT_NOT_FOUND';
}

export function allowed(by: Person, document: DocumentSubject, event: string): Expected {
  return tableSays(outgoingMachine, event, { state: document.state, roles: by.roles, subject: document });
}
