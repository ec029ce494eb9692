import type { Bloc } from '#directory';

import type { Basis } from './citation';
import { assumed, fromMemory } from './citation';

/** Sao y, sao lục, trích sao; also the codes of the types that copies have as documents. */
export const copyCodes = ['SY', 'SL', 'TRS'] as const;
export type CopyCode = (typeof copyCodes)[number];

export function isCopyCode(code: string): code is CopyCode {
  return copyCodes.some((copy) => copy === code);
}

/** What is copied, from the side of whoever copies: a document or a true copy (sao y), own or received. */
export const copySources = ['own', 'received', 'own-true-copy', 'received-true-copy'] as const;
export type CopySource = (typeof copySources)[number];

/** A kind of copy as one bloc knows it: the same word means two things. */
export interface CopyRule {
  readonly code: CopyCode;
  /** Hình thức sao, as the mark on the copy says it. */
  readonly heading: string;
  /** What it is, for whoever chooses. */
  readonly vi: string;
  readonly en: string;
  readonly extent: 'whole' | 'pages';
  readonly of: readonly CopySource[];
  readonly basis: Basis;
}

const extract = {
  code: 'TRS',
  heading: 'TRÍCH SAO',
  vi: 'Trích sao: sao những trang cần thiết của văn bản',
  en: 'Extract: the pages of the document that are needed',
  extent: 'pages',
  of: ['own', 'received'],
} as const;

const stateRules: readonly CopyRule[] = [
  {
    code: 'SY',
    heading: 'SAO Y',
    vi: 'Sao y: bản sao đầy đủ, chính xác của bản gốc hoặc bản chính, do cơ quan mình ban hành hay nhận được',
    en: 'True copy: the whole of an original, one’s own or a received one',
    extent: 'whole',
    of: ['own', 'received'],
    basis: fromMemory(
      'Decree 30/2020 art. 3, 25, 27',
      'art. 25 speaks of copies between paper and file; of a file that stays a file we assume the same',
    ),
  },
  {
    code: 'SL',
    heading: 'SAO LỤC',
    vi: 'Sao lục: bản sao đầy đủ, chính xác của một bản sao y',
    en: 'Re-copy: the whole of a true copy',
    extent: 'whole',
    of: ['own-true-copy', 'received-true-copy'],
    basis: fromMemory('Decree 30/2020 art. 3, 25, 27'),
  },
  { ...extract, basis: fromMemory('Decree 30/2020 art. 3, 25, 27') },
];

const partyRules: readonly CopyRule[] = [
  {
    code: 'SY',
    heading: 'SAO Y BẢN CHÍNH',
    vi: 'Sao y bản chính: toàn văn văn bản do chính cơ quan mình ban hành',
    en: 'True copy: the whole of a document that one issued oneself',
    extent: 'whole',
    of: ['own'],
    basis: fromMemory('Guidance 36-HD/VPTW of 2018', 'by the issuer alone'),
  },
  {
    code: 'SL',
    heading: 'SAO LỤC',
    vi: 'Sao lục: toàn văn văn bản của cơ quan khác, do nơi nhận sao',
    en: 'Re-copy: the whole of another agency’s document, by its receiver',
    extent: 'whole',
    of: ['received', 'received-true-copy'],
    basis: fromMemory('Guidance 36-HD/VPTW of 2018', 'that a received true copy counts too is assumed'),
  },
  { ...extract, basis: fromMemory('Guidance 36-HD/VPTW of 2018') },
];

const asState = stateRules.map((rule) => ({
  ...rule,
  basis: assumed('copies as State bodies do until its own text is entered'),
}));

/** Who may make which kind of copy of what. */
export const copyRules: Readonly<Record<Bloc, readonly CopyRule[]>> = {
  party: partyRules,
  state: stateRules,
  front: asState,
  union: asState,
};

/** Undefined for what is never copied on: a re-copy or an extract. */
export function copySourceOf(from: 'own' | 'received', typeCode: string): CopySource | undefined {
  if (!isCopyCode(typeCode)) return from;
  return typeCode === 'SY' ? `${from}-true-copy` : undefined;
}

/** The kinds of copy that a bloc allows of a source. */
export function allowedCopies(bloc: Bloc, source: CopySource | undefined): readonly CopyRule[] {
  return copyRules[bloc].filter((rule) => rule.of.some((one) => one === source));
}

/** What the mark on a copy says of its kind. */
export function copyHeading(bloc: Bloc, code: CopyCode): string {
  return copyRules[bloc].find((rule) => rule.code === code)?.heading ?? code;
}
