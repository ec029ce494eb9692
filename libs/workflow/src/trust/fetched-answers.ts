import type { AnswerStore, KeptAnswer, SourceContent } from '#pki';
import { digest, parseCrl, parseOcspResponse, PkiError, renewalTime, toHex } from '#pki';
import type { UnitOfWork } from '#platform';

/** Whether keeping an answer says that somebody needs it, or only that it was renewed. */
type Occasion = 'wanted' | 'renewed';

export interface DueAnswer {
  readonly key: string;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly issuer: Uint8Array;
}

interface AnswerRow {
  readonly kind: 'crl' | 'ocsp';
  readonly key: string;
  readonly url: string;
  readonly der: Uint8Array;
  readonly fetched_at: Date;
  readonly this_update: Date;
  readonly next_update: Date;
  readonly etag: string | null;
  readonly last_modified: string | null;
  readonly certificate: Uint8Array;
  readonly issuer: Uint8Array;
}

/** Answers of one node that are held in memory; the newest are. */
const maxInMemory = 5000;
/** An answer that nobody asked for in so long is not renewed any more. */
const wantedForMs = 7 * 86_400_000;
/** A server that is down is asked again after so long. */
const restMs = 60_000;
const dueAtOnce = 50;
/** Longer ones are forgotten, and the next request asks for the whole. */
const maxValidatorLength = 512;

type Parsed = ReturnType<typeof parseCrl> | ReturnType<typeof parseOcspResponse>;

/** The cache of fetched revocation lists and OCSP answers in the node's database, shared by its processes. */
export class FetchedAnswers {
  private parsed = new Map<string, Parsed>();

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** As the store of an exchange. */
  store(occasion: Occasion): AnswerStore {
    return { find: (key) => this.find(key), keep: (answer) => this.keep(answer, occasion) };
  }

  /** All that is current, parsed; only what is new to this process is read from the database. */
  async current(now: Date): Promise<Pick<SourceContent, 'crls' | 'ocsps'>> {
    const named = await this.unitOfWork.bookkeeping<{ sha256: string }>(
      `SELECT sha256 FROM workflow.fetched_answer WHERE next_update > $1 ORDER BY fetched_at DESC LIMIT ${maxInMemory}`,
      [now],
    );
    const missing = named.filter(({ sha256 }) => !this.parsed.has(sha256)).map(({ sha256 }) => sha256);
    const rows = await this.unitOfWork.bookkeeping<{ kind: 'crl' | 'ocsp'; sha256: string; der: Uint8Array }>(
      'SELECT kind, sha256, der FROM workflow.fetched_answer WHERE sha256 = ANY($1)',
      [missing],
    );
    const read = new Map(rows.map(({ kind, sha256, der }) => [sha256, parse(kind, der)]));
    const parsed = new Map<string, Parsed>();
    for (const { sha256 } of named) {
      const found = this.parsed.get(sha256) ?? read.get(sha256);
      if (found) parsed.set(sha256, found);
    }
    this.parsed = parsed;
    const crls = [...parsed.values()].filter((answer) => 'crlNumber' in answer);
    const ocsps = [...parsed.values()].filter((answer) => 'responderId' in answer);
    return { crls, ocsps };
  }

  /** Takes answers whose next one should be fetched now; another worker leaves them alone meanwhile. */
  async due(now: Date): Promise<readonly DueAnswer[]> {
    await this.unitOfWork.bookkeeping('DELETE FROM workflow.fetched_answer WHERE next_update < $1', [
      new Date(now.getTime() - 86_400_000),
    ]);
    return this.unitOfWork.bookkeeping<DueAnswer>(
      `UPDATE workflow.fetched_answer SET tried_at = $1 WHERE key IN (
         SELECT key FROM workflow.fetched_answer
          WHERE renew_at <= $1 AND wanted_at > $2 AND (tried_at IS NULL OR tried_at <= $3)
          ORDER BY renew_at LIMIT ${dueAtOnce} FOR UPDATE SKIP LOCKED)
       RETURNING key, certificate, issuer`,
      [now, new Date(now.getTime() - wantedForMs), new Date(now.getTime() - restMs)],
    );
  }

  async forget(key: string): Promise<void> {
    await this.unitOfWork.bookkeeping('DELETE FROM workflow.fetched_answer WHERE key = $1', [key]);
  }

  private async find(key: string): Promise<KeptAnswer | undefined> {
    const [row] = await this.unitOfWork.bookkeeping<AnswerRow>(
      `SELECT kind, key, url, der, fetched_at, this_update, next_update, etag, last_modified, certificate, issuer
         FROM workflow.fetched_answer WHERE key = $1`,
      [key],
    );
    return row && keptAnswer(row);
  }

  /** What says less than what is there already (an older list, replayed) does not replace it. */
  private async keep(answer: KeptAnswer, occasion: Occasion): Promise<void> {
    const { etag, lastModified } = answer.validators;
    await this.unitOfWork.bookkeeping(
      `INSERT INTO workflow.fetched_answer AS kept (key, kind, url, der, sha256, fetched_at, this_update, next_update,
           renew_at, wanted_at, etag, last_modified, certificate, issuer)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $6, $10, $11, $12, $13)
       ON CONFLICT (key) DO UPDATE SET url = excluded.url, der = excluded.der, sha256 = excluded.sha256,
           fetched_at = excluded.fetched_at, this_update = excluded.this_update, next_update = excluded.next_update,
           renew_at = excluded.renew_at, etag = excluded.etag, last_modified = excluded.last_modified,
           certificate = excluded.certificate, issuer = excluded.issuer, tried_at = NULL,
           wanted_at = CASE WHEN $14 = 'wanted' THEN excluded.wanted_at ELSE kept.wanted_at END
         WHERE kept.this_update <= excluded.this_update`,
      [
        answer.key,
        answer.kind,
        answer.url,
        Buffer.from(answer.der),
        toHex(await digest('SHA-256', answer.der)),
        answer.fetchedAt,
        answer.thisUpdate,
        answer.nextUpdate,
        renewalTime(answer.thisUpdate, answer.nextUpdate),
        validator(etag),
        validator(lastModified),
        Buffer.from(answer.certificate),
        Buffer.from(answer.issuer),
        occasion,
      ],
    );
  }
}

function keptAnswer(row: AnswerRow): KeptAnswer {
  return {
    kind: row.kind,
    key: row.key,
    url: row.url,
    der: row.der,
    fetchedAt: row.fetched_at,
    thisUpdate: row.this_update,
    nextUpdate: row.next_update,
    validators: {
      ...(row.etag !== null && { etag: row.etag }),
      ...(row.last_modified !== null && { lastModified: row.last_modified }),
    },
    certificate: row.certificate,
    issuer: row.issuer,
  };
}

/** What another version of this program kept and this one does not read is as good as absent. */
function parse(kind: 'crl' | 'ocsp', der: Uint8Array): Parsed | undefined {
  try {
    return kind === 'crl' ? parseCrl(der) : parseOcspResponse(der);
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

function validator(text: string | undefined): string | null {
  return text !== undefined && text.length <= maxValidatorLength ? text : null;
}
