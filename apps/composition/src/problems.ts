import { accessProblems } from '#access';
import { auditProblems } from '#audit';
import { directoryProblems } from '#directory';
import type { ProblemCatalogue } from '#platform';
import { workflowProblems } from '#workflow';

/** Every code a node can answer with. docs/errors.md is made from them. */
export const catalogues: readonly ProblemCatalogue[] = [
  auditProblems,
  directoryProblems,
  accessProblems,
  workflowProblems,
];
