import type { Role, Tx } from '#platform';
import { newId, vietnamDate } from '#platform';

import { isExpress } from '../rules/express-lane';
import type { Secrecy, Urgency } from '../rules/marks';
import type { NoticeKind } from './notice-kinds';

/** What a notice is about, as whoever tells it knows it. */
export interface NoticeSubject {
  /** What `id` names: a row of workflow.document or of workflow.incoming. */
  readonly type: 'document' | 'incoming';
  readonly id: string;
  /** The document's own id, the same at sender and recipient; null for a paper from outside. */
  readonly documentId: string | null;
  readonly typeCode: string;
  /** Number and symbol; null before the number is given. */
  readonly symbol: string | null;
  /** Kept for an ordinary document only, whatever is given here. */
  readonly abstract: string | null;
  readonly secrecy: Secrecy;
  readonly urgency: Urgency;
}

/** Who is told: each once, and never whoever did it. */
interface NoticeAudience {
  readonly agencyId: string;
  /** By name, acting for that agency. */
  readonly people?: readonly (string | null)[];
  /** Whoever holds one of the roles in the agency today. */
  readonly roles?: readonly Role[];
  /** Whoever holds the post today; it may be another agency's, where somebody signs by order. */
  readonly postId?: string | null;
}

export interface NewNotice {
  readonly kind: NoticeKind;
  readonly to: NoticeAudience;
  readonly about: NoticeSubject;
  /** Small facts beside the title, by name: `percent`, `recipients`, `part`, `due`. Never content, never a reason in words. */
  readonly facts?: Readonly<Record<string, string | number | readonly string[]>>;
}

/** PostgreSQL's channel on which each API process hears of new notices: `<person id> <notice id>`. */
export const noticeChannel = 'sealpost_notice';

/**
 * Tells people, in the transaction that does what they are told of: both are there or neither. Returns how many were
 * told.
 */
export async function notify(tx: Tx, notice: NewNotice, now: Date): Promise<number> {
  const { to, about } = notice;
  const actor = tx.actor.kind === 'person' ? tx.actor.personId : null;
  const told = (await audience(tx, to, now)).filter(({ person_id }) => person_id !== actor);
  if (told.length === 0) return 0;
  await tx.execute(insertNotices, [
    told.map(() => newId()),
    told.map(({ person_id }) => person_id),
    told.map(({ agency_id }) => agency_id),
    notice.kind,
    about.type,
    about.id,
    about.documentId,
    about.typeCode,
    about.symbol,
    about.secrecy === 'THUONG' ? about.abstract : null,
    about.secrecy,
    about.urgency,
    isExpress(about),
    JSON.stringify(notice.facts ?? {}),
    now,
    noticeChannel,
  ]);
  return told.length;
}

interface Told {
  readonly person_id: string;
  readonly agency_id: string;
}

async function audience(tx: Tx, to: NoticeAudience, now: Date): Promise<readonly Told[]> {
  const named = (to.people ?? []).flatMap((id) =>
    id === null ? [] : [{ person_id: id, agency_id: to.agencyId }],
  );
  const holders =
    to.roles === undefined && (to.postId ?? null) === null
      ? []
      : await tx.query<Told>(
          `SELECT DISTINCT person_id, agency_id FROM directory.appointment
            WHERE ((agency_id = $1 AND roles && $2::text[]) OR post_id = $3)
              AND valid_from <= $4::date AND (valid_to IS NULL OR valid_to > $4::date)`,
          [to.agencyId, to.roles ?? [], to.postId ?? null, vietnamDate(now)],
        );
  return [...new Map([...holders, ...named].map((told) => [told.person_id, told])).values()];
}

/** The ids go with the commit to every process that listens; a rollback takes them along. */
const insertNotices = `
  WITH told AS (
    INSERT INTO workflow.notice
      (id, person_id, agency_id, kind, subject_type, subject_id, document_id, type_code, symbol, abstract, secrecy,
       urgency, express, facts, created_at)
    SELECT n.id, n.person_id, n.agency_id, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::jsonb, $15
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS n (id, person_id, agency_id)
    RETURNING id, person_id
  )
  SELECT pg_notify($16, person_id || ' ' || id) FROM told`;
