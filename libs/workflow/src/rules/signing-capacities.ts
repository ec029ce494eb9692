import type { Bloc, Body, PostRank } from '#directory';

import type { Basis } from './citation';
import { assumed, readIn } from './citation';

/**
 * Under what authority a person signs.
 * DIRECT – the head in the post's own name; TM – on behalf of a collective; Q – acting head;
 * KT – a deputy for the head; TL – by order; TUQ – by written authority.
 */
export const capacityCodes = ['DIRECT', 'TM', 'Q', 'KT', 'TL', 'TUQ'] as const;
export type CapacityCode = (typeof capacityCodes)[number];

/**
 * How a body decides and signs. `collective`: congress, committee, standing board, inspection committee,
 * People's Committee. `headed`: ministry, department, office, advisory body, steering committee.
 */
type BodyKind = Body['leadership'];

/** What of the signer's post matters to the rule. */
export interface SignerPost {
  /** As printed: `BỘ TRƯỞNG`, `CHÁNH VĂN PHÒNG`. */
  readonly title: string;
  readonly rank: PostRank;
  /** Whether the post stands in the issuing body itself or in a unit under it. */
  readonly place: 'issuing-body' | 'subordinate-unit';
  /** Title of the head of the post's own body, as printed; for the line `KT. BỘ TRƯỞNG`. */
  readonly headTitle: string;
  /** Holds the work of the head without the post. */
  readonly acting: boolean;
}

interface CapacityRule {
  readonly code: CapacityCode;
  /** As printed before the name of whom the signature stands for; null for DIRECT. */
  readonly mark: string | null;
  readonly bodyKinds: readonly BodyKind[];
  readonly ranks: readonly SignerPost['rank'][];
  readonly places: readonly SignerPost['place'][];
  /** `acting`: must hold the head's work. `written-authority`: the document and its term must be named. */
  readonly needs: 'nothing' | 'acting' | 'written-authority';
  readonly basis: Basis;
}

const decree30 = readIn('Decree 30/2020 art. 13 and annex I');
const party36 = readIn('Guidance 36-HD/VPTW of 2018', 'replaced by 05-HD/VPTW, not re-read in full');

const stateCapacities: readonly CapacityRule[] = [
  {
    code: 'DIRECT',
    mark: null,
    bodyKinds: ['headed'],
    ranks: ['head'],
    places: ['issuing-body'],
    needs: 'nothing',
    basis: decree30,
  },
  {
    code: 'TM',
    mark: 'TM.',
    bodyKinds: ['collective'],
    ranks: ['head', 'deputy', 'member'],
    places: ['issuing-body'],
    needs: 'nothing',
    basis: decree30,
  },
  {
    code: 'Q',
    mark: 'Q.',
    bodyKinds: ['headed', 'collective'],
    ranks: ['head', 'deputy'],
    places: ['issuing-body'],
    needs: 'acting',
    basis: decree30,
  },
  {
    code: 'KT',
    mark: 'KT.',
    bodyKinds: ['headed', 'collective'],
    ranks: ['deputy'],
    places: ['issuing-body'],
    needs: 'nothing',
    basis: decree30,
  },
  {
    code: 'TL',
    mark: 'TL.',
    bodyKinds: ['headed', 'collective'],
    ranks: ['head', 'deputy'],
    places: ['subordinate-unit'],
    needs: 'nothing',
    basis: decree30,
  },
  {
    code: 'TUQ',
    mark: 'TUQ.',
    bodyKinds: ['headed', 'collective'],
    ranks: ['head', 'deputy', 'member'],
    places: ['issuing-body', 'subordinate-unit'],
    needs: 'written-authority',
    basis: decree30,
  },
];

const partyCapacities: readonly CapacityRule[] = [
  {
    code: 'DIRECT',
    mark: null,
    bodyKinds: ['headed'],
    ranks: ['head'],
    places: ['issuing-body'],
    needs: 'nothing',
    basis: party36,
  },
  {
    code: 'TM',
    mark: 'T/M',
    bodyKinds: ['collective'],
    ranks: ['head', 'deputy', 'member'],
    places: ['issuing-body'],
    needs: 'nothing',
    basis: party36,
  },
  // Never for a committee: its deputies sign T/M.
  {
    code: 'KT',
    mark: 'K/T',
    bodyKinds: ['headed'],
    ranks: ['deputy'],
    places: ['issuing-body'],
    needs: 'nothing',
    basis: party36,
  },
  {
    code: 'TL',
    mark: 'T/L',
    bodyKinds: ['collective', 'headed'],
    ranks: ['head', 'deputy'],
    places: ['subordinate-unit'],
    needs: 'nothing',
    basis: party36,
  },
];

const asState = assumed('signs as State bodies do until its own text is entered');

export const signingCapacities: Readonly<Record<Bloc, readonly CapacityRule[]>> = {
  party: partyCapacities,
  state: stateCapacities,
  front: stateCapacities.map((rule) => ({ ...rule, basis: asState })),
  union: stateCapacities.map((rule) => ({ ...rule, basis: asState })),
};

/** The document that lets a person sign TUQ., bounded in content and time. */
export interface WrittenAuthority {
  /** Number and symbol of the authority. */
  readonly reference: string;
  /** Last day, `YYYY-MM-DD`. */
  readonly validUntil: string;
}

export interface CapacityQuestion {
  readonly bloc: Bloc;
  readonly code: CapacityCode;
  readonly bodyKind: BodyKind;
  readonly post: SignerPost;
  readonly authority: WrittenAuthority | null;
  /** `YYYY-MM-DD` in Asia/Ho_Chi_Minh */
  readonly today: string;
}

export type CapacityFault = 'CAPACITY_NOT_ALLOWED' | 'AUTHORITY_MISSING' | 'AUTHORITY_EXPIRED';

/** Why this person may not sign in this capacity; undefined when allowed. */
export function capacityFault(question: CapacityQuestion): CapacityFault | undefined {
  const { bloc, code, bodyKind, post, authority, today } = question;
  const rule = signingCapacities[bloc].find((candidate) => candidate.code === code);
  if (rule === undefined) return 'CAPACITY_NOT_ALLOWED';
  if (!rule.bodyKinds.includes(bodyKind)) return 'CAPACITY_NOT_ALLOWED';
  if (!rule.ranks.includes(post.rank) || !rule.places.includes(post.place)) return 'CAPACITY_NOT_ALLOWED';
  if (rule.needs === 'acting' && !post.acting) return 'CAPACITY_NOT_ALLOWED';
  if (hidesActing(question)) return 'CAPACITY_NOT_ALLOWED';
  if (rule.needs === 'written-authority') {
    if (authority === null) return 'AUTHORITY_MISSING';
    if (authority.validUntil < today) return 'AUTHORITY_EXPIRED';
  }
  return undefined;
}

/** Whoever only holds the work of the head must say so (`Q.`, Decree 30/2020 annex I); Party capacities have no such mark. */
function hidesActing({ bloc, code, post }: CapacityQuestion): boolean {
  const hasMark = signingCapacities[bloc].some(({ needs }) => needs === 'acting');
  return post.acting && post.place === 'issuing-body' && hasMark && (code === 'DIRECT' || code === 'TM');
}

/**
 * The lines above the signer's name, upper case: `TM. ỦY BAN NHÂN DÂN` / `KT. CHỦ TỊCH` / `PHÓ CHỦ TỊCH`,
 * `T/L BAN THƯỜNG VỤ` / `CHÁNH VĂN PHÒNG`.
 */
export function signatureBlock(
  question: Omit<CapacityQuestion, 'authority' | 'today'> & { readonly bodyName: string },
): readonly string[] {
  const { bloc, code, bodyKind, post } = question;
  const marks = new Map(signingCapacities[bloc].map((rule) => [rule.code, rule.mark]));
  const mark = marks.get(code) ?? '';
  const body = upper(question.bodyName);
  const title = upper(post.title);
  const head = upper(post.headTitle);
  switch (code) {
    case 'DIRECT':
      return [title];
    case 'Q':
      return bodyKind === 'collective'
        ? [`${marks.get('TM') ?? ''} ${body}`, `${mark} ${head}`]
        : [`${mark} ${head}`];
    case 'KT':
      return bodyKind === 'collective'
        ? [`${marks.get('TM') ?? ''} ${body}`, `${mark} ${head}`, title]
        : [`${mark} ${head}`, title];
    case 'TM':
      // A State deputy who signs for a collective also signs for its head (Decree 30/2020 annex I).
      return bloc !== 'party' && post.rank === 'deputy'
        ? [`${mark} ${body}`, `${marks.get('KT') ?? ''} ${head}`, title]
        : [`${mark} ${body}`, title];
    case 'TL':
    case 'TUQ':
      return [`${mark} ${body}`, title];
  }
}

function upper(text: string): string {
  return text.normalize('NFC').toLocaleUpperCase('vi');
}
