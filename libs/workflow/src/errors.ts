import type { ProblemCatalogue, ProblemDetails } from '#platform';
import { ProblemError } from '#platform';

import { documentProblems } from './documents/document-problems';
import { signingProblems } from './documents/signing-problems';
import { exchangeProblems } from './exchange/exchange-error';
import { handlingProblems } from './handling/handling-problems';
import { libraryProblems } from './library-problems';
import { noticeProblems } from './notices/notice-problems';
import { registerProblems } from './registers/register-problems';

const ownProblems = {
  ...documentProblems,
  ...registerProblems,
  ...signingProblems,
  ...exchangeProblems,
  ...handlingProblems,
  ...noticeProblems,
} satisfies ProblemCatalogue;

export type WorkflowErrorCode = keyof typeof ownProblems;

/** Codes of documents, signing and exchange, and those of the PDF, PKI and signing libs as HTTP answers them. */
export const workflowProblems: ProblemCatalogue = { ...libraryProblems, ...ownProblems };

/** A refusal of the workflow towards a person; answered by the platform's filter. */
export class WorkflowError extends ProblemError {
  declare readonly code: WorkflowErrorCode;

  // eslint-disable-next-line @typescript-eslint/no-useless-constructor -- narrows the codes to our own
  constructor(code: WorkflowErrorCode, details?: ProblemDetails) {
    super(code, details);
  }
}
