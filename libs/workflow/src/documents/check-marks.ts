import { WorkflowError } from '../errors';
import type { Secrecy, Urgency } from '../rules';
import { isTimed, secrecyRules } from '../rules';

/** The marks of a new document and what must or must not stand beside them. */
export interface GivenMarks {
  readonly secrecy: Secrecy;
  readonly abstract?: string | undefined;
  readonly urgency: Urgency;
  /** ISO 8601 with offset. */
  readonly urgencyAt?: string | undefined;
}

/**
 * Checks secrecy and urgency against their rules.
 *
 * @throws WorkflowError ABSTRACT_FORBIDDEN, SECRECY_NOT_SUPPORTED, ABSTRACT_MISSING, URGENCY_TIME_REQUIRED,
 * URGENCY_TIME_FORBIDDEN
 */
export function checkMarks(given: GivenMarks): { readonly urgencyAt: Date | null } {
  const secrecy = secrecyRules[given.secrecy];
  const hasAbstract = typeof given.abstract === 'string';
  if (secrecy.abstract === 'forbidden' && hasAbstract) throw new WorkflowError('ABSTRACT_FORBIDDEN');
  if (secrecy.handled !== 'yes') throw new WorkflowError('SECRECY_NOT_SUPPORTED');
  if (secrecy.abstract === 'allowed' && !hasAbstract) throw new WorkflowError('ABSTRACT_MISSING');
  return { urgencyAt: urgencyTime(given) };
}

/** The time of a timed express document. @throws WorkflowError URGENCY_TIME_REQUIRED, URGENCY_TIME_FORBIDDEN */
export function urgencyTime({ urgency, urgencyAt }: Pick<GivenMarks, 'urgency' | 'urgencyAt'>): Date | null {
  if (!isTimed(urgency)) {
    if (urgencyAt !== undefined) throw new WorkflowError('URGENCY_TIME_FORBIDDEN');
    return null;
  }
  const at = new Date(urgencyAt ?? Number.NaN);
  if (Number.isNaN(at.getTime())) throw new WorkflowError('URGENCY_TIME_REQUIRED');
  return at;
}
