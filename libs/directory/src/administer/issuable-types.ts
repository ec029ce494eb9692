import type { Bloc } from '../model';

export interface IssuableType {
  /** As `may_issue` of a body holds it. */
  readonly code: string;
  /** In Vietnamese, and in English. */
  readonly name: string;
  readonly en: string;
}

/** The types of documents that the law names for a bloc; known to whichever lib holds the rules. */
export interface IssuableTypes {
  typesOf(bloc: Bloc): readonly IssuableType[];
}

export const ISSUABLE_TYPES = Symbol('ISSUABLE_TYPES');
