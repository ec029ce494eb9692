import type { Bloc } from '#directory';

import type { Basis } from './citation';
import { readIn } from './citation';
import { isCopyCode } from './copies';
import { documentType } from './document-types';

/** Whose competence a type is, where the source says so for a kind of author. */
interface IssuingLimit {
  readonly bloc: Bloc;
  /** Kind of author as the directory names it. */
  readonly author: string;
  readonly mayNotIssue: readonly string[];
  readonly basis: Basis;
}

/**
 * Who may issue which type is keyed by the issuing body, not by its level: the directory's table
 * `may_issue(body, type)` decides. These limits are what that table must respect.
 */
export const issuingLimits: readonly IssuingLimit[] = [
  {
    bloc: 'party',
    author: 'grassroots-committee',
    mayNotIssue: ['HD'],
    basis: readIn(
      'Regulation 399-QĐ/TW',
      'a grass-roots committee issues no hướng dẫn; its standing board does',
    ),
  },
  {
    bloc: 'party',
    author: 'grassroots-standing-board',
    mayNotIssue: ['QC'],
    basis: readIn('Regulation 399-QĐ/TW', 'the committee issues quy chế; its standing board does not'),
  },
];

export type IssuingFault = 'TYPE_NOT_KNOWN' | 'TYPE_NOT_ALLOWED';

/** Why this body may not issue this type; undefined when it may. `mayIssue` comes from the directory. */
export function issuingFault(input: {
  readonly bloc: Bloc;
  readonly typeCode: string;
  readonly mayIssue: readonly string[];
}): IssuingFault | undefined {
  if (documentType(input.bloc, input.typeCode) === undefined) return 'TYPE_NOT_KNOWN';
  // Who may copy what is asked of the rules of copies, not of the directory.
  if (isCopyCode(input.typeCode)) return undefined;
  return input.mayIssue.includes(input.typeCode) ? undefined : 'TYPE_NOT_ALLOWED';
}
