import type { Bloc } from '../model';

/** The types of documents that the law names for a bloc; known to whichever lib holds the rules. */
export interface IssuableTypes {
  /** Codes of types, as `may_issue` of a body holds them. */
  codesOf(bloc: Bloc): ReadonlySet<string>;
}
export const ISSUABLE_TYPES = Symbol('ISSUABLE_TYPES');
