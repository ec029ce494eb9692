import type { PersonActor, Role } from '#platform';

export const waitingViews = [
  'to-review',
  'to-approve',
  'to-sign',
  'returned',
  'drafts',
  'to-number',
  'to-agency-sign',
  'to-issue',
] as const;

/** What an outgoing document waits for, from the side of whoever has to do it. */
export type WaitingView = (typeof waitingViews)[number];

interface ViewRule {
  /** Who has such work at all. */
  readonly role: Role | 'everybody';
  /** SQL over `d` (workflow.document); $1 own agency, $2 person, $3 post. Every state stands in the index of waiting documents. */
  readonly where: string;
}

export const waitingRules: Readonly<Record<WaitingView, ViewRule>> = {
  'to-review': {
    role: 'everybody',
    where: `d.agency_id = $1 AND d.state = 'IN_REVIEW' AND EXISTS (
      SELECT FROM workflow.review_step s
       WHERE s.document_id = d.id AND s.draft_no = d.draft_no AND s.person_id = $2 AND s.state = 'pending'
         AND NOT EXISTS (SELECT FROM workflow.review_step before
                          WHERE before.document_id = s.document_id AND before.draft_no = s.draft_no
                            AND before.position < s.position AND before.state = 'pending'))`,
  },
  'to-approve': {
    role: 'leader',
    where: `d.agency_id = $1 AND d.state = 'IN_REVIEW' AND d.open_steps = 0 AND d.drafter_id <> $2`,
  },
  // Also documents of other agencies, signed by order (T/L, TL.).
  'to-sign': { role: 'leader', where: `d.state = 'APPROVED' AND d.signer_post_id = $3` },
  returned: { role: 'drafter', where: `d.agency_id = $1 AND d.state = 'RETURNED' AND d.drafter_id = $2` },
  drafts: { role: 'drafter', where: `d.agency_id = $1 AND d.state = 'DRAFT' AND d.drafter_id = $2` },
  'to-number': { role: 'clerk', where: `d.agency_id = $1 AND d.state IN ('PERSON_SIGNED', 'COPIED')` },
  'to-agency-sign': { role: 'clerk', where: `d.agency_id = $1 AND d.state = 'NUMBERED' AND d.has_seal` },
  'to-issue': {
    role: 'clerk',
    where: `d.agency_id = $1 AND (d.state = 'AGENCY_SIGNED' OR (d.state = 'NUMBERED' AND NOT d.has_seal))`,
  },
};

/** The views in which this person may find work. */
export function viewsOf(actor: PersonActor): readonly WaitingView[] {
  return waitingViews.filter((view) => {
    const { role } = waitingRules[view];
    return role === 'everybody' || actor.roles.includes(role);
  });
}
