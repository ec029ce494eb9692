import type { ProblemCatalogue, ProblemDetails } from '#platform';
import { ProblemError } from '#platform';

import { documentProblems } from './documents/document-problems';
import { signingProblems } from './documents/signing-problems';

/** Codes and messages of the outgoing half; the exchange keeps its own beside its use cases. */
export const outgoingProblems = { ...documentProblems, ...signingProblems } satisfies ProblemCatalogue;

export type WorkflowErrorCode = keyof typeof outgoingProblems;

/** A refusal of the workflow towards a person; answered by the platform's filter. */
export class WorkflowError extends ProblemError {
  declare readonly code: WorkflowErrorCode;

  constructor(code: WorkflowErrorCode, details?: ProblemDetails) {
    super(code, details);
  }
}
