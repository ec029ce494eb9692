import { isAllowed } from '#access';
import type { PersonActor } from '#platform';

import type { NoticeKind } from './notice-kinds';
import type { NoticeSubject } from './notify';

/** A notice as its person sees it, in lists and in the stream. */
export interface NoticeView {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly subject: {
    /** `document`: GET /documents/{id}; `incoming`: GET /incoming/{id}. */
    readonly type: NoticeSubject['type'];
    readonly id: string;
    readonly typeCode: string;
    /** Number and symbol; null before the number is given. */
    readonly symbol: string | null;
    /** Trích yếu of an ordinary document; null for any other, and to those who may not read documents. */
    readonly abstract: string | null;
    readonly secrecy: NoticeSubject['secrecy'];
  };
  readonly urgency: number;
  /** Official telegram or express: to be shown first. */
  readonly express: boolean;
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>;
  readonly createdAt: string;
  readonly readAt: string | null;
}

export interface NoticeRow {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly subject_type: NoticeSubject['type'];
  readonly subject_id: string;
  readonly type_code: string;
  readonly symbol: string | null;
  readonly abstract: string | null;
  readonly secrecy: NoticeSubject['secrecy'];
  readonly urgency: number;
  readonly express: boolean;
  readonly facts: NoticeView['facts'];
  readonly created_at: Date;
  readonly read_at: Date | null;
}

export const noticeColumns = `id, kind, subject_type, subject_id, type_code, symbol, abstract, secrecy, urgency, express,
  facts, created_at, read_at`;

export function noticeView(actor: PersonActor, row: NoticeRow): NoticeView {
  return {
    id: row.id,
    kind: row.kind,
    subject: {
      type: row.subject_type,
      id: row.subject_id,
      typeCode: row.type_code,
      symbol: row.symbol,
      abstract: isAllowed(actor, 'document.read') ? row.abstract : null,
      secrecy: row.secrecy,
    },
    urgency: row.urgency,
    express: row.express,
    facts: row.facts,
    createdAt: row.created_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  };
}
