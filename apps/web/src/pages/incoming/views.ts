import { useSearch } from 'wouter';

import type { IncomingCounts, IncomingView, PolicyName } from '../../api/types';

/** A view of the server, or everything that the person may see. */
export type ShownView = IncomingView | 'all';

interface ViewRule {
  readonly view: Exclude<ShownView, 'assigned'>;
  /** Whoever may do one of these has the view. */
  readonly policies: readonly PolicyName[];
  readonly count?: keyof IncomingCounts;
}

const everybody: readonly PolicyName[] = ['incoming.read'];
const ofTheAgency: readonly PolicyName[] = ['incoming.submit', 'incoming.instruct'];

const rules: readonly ViewRule[] = [
  { view: 'to-accept', policies: ['incoming.accept'], count: 'toAccept' },
  { view: 'to-submit', policies: ['incoming.submit'], count: 'toSubmit' },
  { view: 'to-instruct', policies: ['incoming.instruct'], count: 'toInstruct' },
  { view: 'mine', policies: ['incoming.handle'], count: 'mine' },
  { view: 'to-know', policies: ['incoming.handle'], count: 'toKnow' },
  { view: 'due-soon', policies: everybody, count: 'dueSoon' },
  { view: 'overdue', policies: everybody, count: 'overdue' },
  { view: 'in-progress', policies: ofTheAgency },
  { view: 'done', policies: ofTheAgency },
  { view: 'all', policies: everybody },
];

/** The views of a person, in the order of the work. */
export const viewsOf = (policies: readonly PolicyName[]): readonly ViewRule[] =>
  rules.filter((rule) => rule.policies.some((policy) => policies.includes(policy)));

/** The view named in the address. */
export function useAskedView(): string | null {
  return new URLSearchParams(useSearch()).get('view');
}

export const listAddress = (view: ShownView): string => `/incoming?view=${view}`;
export const documentAddress = (view: ShownView, id: string): string => `/incoming/${id}?view=${view}`;
