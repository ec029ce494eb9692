/** A message for people, in both languages: what happened and what to do. */
export interface Message {
  readonly vi: string;
  readonly en: string;
}

/** One entry per stable code; `status` is the HTTP status it is answered with. */
export type ProblemCatalogue = Readonly<Record<string, Message & { readonly status: number }>>;

/** A complaint about one field of a request; `field` is a path such as `recipients[2]`. */
export interface FieldProblem extends Message {
  readonly field: string;
  readonly code: string;
}

/** Further to the catalogue's message; nothing here may hold a secret. */
export interface ProblemDetails {
  /** Replaces the catalogue's message where a better one is known. */
  readonly detail?: Message;
  readonly errors?: readonly FieldProblem[];
  /** Facts for programs, copied into the answer as extension members (RFC 9457 §3.2). */
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
  readonly cause?: unknown;
}

/**
 * A failure a person can do something about. Answered as `application/problem+json` with the status and
 * message that the code has in one of the composed catalogues.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly detail: Message | undefined;
  readonly errors: readonly FieldProblem[];
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;

  constructor(
    readonly code: string,
    details: ProblemDetails = {},
  ) {
    super(details.detail?.en ?? code, details.cause === undefined ? {} : { cause: details.cause });
    this.detail = details.detail;
    this.errors = details.errors ?? [];
    this.facts = details.facts ?? {};
  }
}

/** `throw problem('DOCUMENT_NOT_FOUND')` */
export function problem(code: string, details?: ProblemDetails): ProblemError {
  return new ProblemError(code, details);
}
