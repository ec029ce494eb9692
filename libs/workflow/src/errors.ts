import type { ProblemCatalogue, ProblemDetails } from '#platform';
import { ProblemError } from '#platform';

import { documentProblems } from './documents/document-problems';
import { signingProblems } from './documents/signing-problems';
import { libraryProblems } from './library-problems';

const ownProblems = { ...documentProblems, ...signingProblems } satisfies ProblemCatalogue;

export type WorkflowErrorCode = keyof typeof ownProblems;

/** What the outgoing half can refuse; the exchange keeps its own catalogue beside its use cases. */
export const outgoingProblems: ProblemCatalogue = { ...libraryProblems, ...ownProblems };

/** A refusal of the workflow towards a person; answered by the platform's filter. */
export class WorkflowError extends ProblemError {
  declare readonly code: WorkflowErrorCode;

  // eslint-disable-next-line @typescript-eslint/no-useless-constructor -- narrows the codes to our own
  constructor(code: WorkflowErrorCode, details?: ProblemDetails) {
    super(code, details);
  }
}
