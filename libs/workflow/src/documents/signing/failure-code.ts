import { workflowProblems } from '../../errors';

/** The stable code of a failure that a person can be told about; undefined for anything unexpected. */
export function failureCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  const { code } = error;
  return typeof code === 'string' && code in workflowProblems ? code : undefined;
}
