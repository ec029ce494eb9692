import type { Role } from '#platform';
import type { AgencyLevel, Bloc, DateOnly, PostRank } from '../model';

/** How the demo's agencies are written down: nested, by short keys; `flatten` turns them into rows. */
export interface AgencyDescription {
  /** Short ASCII key, part of ids, file names and login names. */
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly symbol: string;
  readonly bloc: Bloc;
  readonly level: AgencyLevel;
  readonly place: string;
  readonly parent?: string;
  readonly contact080?: string;
  readonly validFrom?: DateOnly;
  readonly validTo?: DateOnly;
  readonly successor?: string;
  /** Key algorithm of its signing and encryption certificates (evidence keys are always ECDSA). */
  readonly keys?: 'P-256' | 'RSA-3072';
  readonly term?: { readonly name: string; readonly from: DateOnly; readonly to?: DateOnly };
  readonly bodies: readonly BodyDescription[];
  readonly posts?: readonly PostDescription[];
}

export interface BodyDescription {
  readonly key: string;
  readonly name: string;
  readonly symbol: string;
  readonly leadership: 'collective' | 'headed';
  readonly seal?: 'none';
  readonly mayIssue: readonly string[];
}

export interface PostDescription {
  readonly key: string;
  readonly title: string;
  readonly rank: PostRank;
  /** Keys of bodies of the same agency; all of them when left out. */
  readonly bodies?: readonly string[];
  /** `agencyKey/bodyKey` of bodies for which it signs by order. */
  readonly byOrderOf?: readonly string[];
  readonly holder: HolderDescription;
}

interface HolderDescription {
  readonly fullName: string;
  readonly roles: readonly Role[];
  readonly keys?: 'P-256' | 'RSA-3072';
  readonly from?: DateOnly;
  readonly to?: DateOnly;
}

type SignerOptions = Pick<PostDescription, 'bodies' | 'byOrderOf'> & Pick<HolderDescription, 'keys'>;

/** A post whose holder signs documents. */
export function signer(
  key: string,
  rank: 'head' | 'deputy',
  title: string,
  fullName: string,
  { keys, ...post }: SignerOptions = {},
): PostDescription {
  return { key, title, rank, ...post, holder: { fullName, roles: ['leader'], ...(keys && { keys }) } };
}

/** A post that signs nothing. */
export function staff(
  key: string,
  title: string,
  fullName: string,
  ...roles: readonly Role[]
): PostDescription {
  return { key, title, rank: 'staff', holder: { fullName, roles } };
}
