import type { Role } from '#platform';
import {
  DateOnly,
  Id,
  ifMatchVersion,
  IdList,
  ObjectOf,
  OneOf,
  PageQuery,
  roles,
  Text,
  WordList,
  YesNo,
} from '#platform';
import { DirectoryError } from '../errors';
import type { AgencyLevel, Body, PostRank } from '../model';
import { agencyLevels, postRanks } from '../model';

/** Controller parameter: the version of the row that the administrator last saw. */
export const IfMatchVersion = ifMatchVersion(
  () => new DirectoryError('DIRECTORY_CHANGED', 'the version asked for is none of ours'),
);

/** A symbol stands in `123/QĐ-UBND`: letters and digits, no space and no slash (Decree 30/2020 annex I). */
const symbol = /^\p{Lu}[\p{L}\p{N}]*([-&.][\p{L}\p{N}]+)*$/u;
const code = /^[!-~]{1,64}$/;

export class RowPath {
  @Id()
  readonly id: string;
}

export class AgencyOfQuery {
  @Id({ description: 'The agency; the own, or one below it.' })
  readonly agencyId: string;
}

export class AgenciesQueryDto extends PageQuery {
  @Text({ optional: true, max: 100, description: 'Beginnings of words of name or code, without marks.' })
  readonly query?: string;
}

export class PeopleQueryDto extends PageQuery {
  @Text({ optional: true, max: 100, description: 'Beginnings of words of the name, without marks.' })
  readonly query?: string;

  @Id({ optional: true })
  readonly agencyId?: string;
}

export class EndBody {
  @DateOnly({ description: 'The first day on which it is no longer valid; today at the earliest.' })
  readonly validTo: string;

  @Text({ min: 3, max: 500, description: 'Number and date of the decision.' })
  readonly reason: string;
}

export class EndAgencyBody extends EndBody {
  @Id({ optional: true, description: 'Who receives what arrives for it; required where people hold posts.' })
  readonly successorId?: string;
}

export class CreateAgencyBody {
  @Id({ description: 'The agency above it: the own, or one below it.' })
  readonly parentId: string;

  @Text({ max: 64, pattern: code, description: 'Mã định danh, as it will stand in its certificates.' })
  readonly code: string;

  @Text({ max: 200 })
  readonly name: string;

  @Text({ max: 100 })
  readonly shortName: string;

  @Text({ max: 20, pattern: symbol, example: 'SNV' })
  readonly symbol: string;

  @OneOf(agencyLevels)
  readonly level: AgencyLevel;

  @Text({ max: 100, description: 'Địa danh in the line of place and date.' })
  readonly place: string;

  @Text({ optional: true, max: 20, pattern: /^080\.\d{5}$/ })
  readonly contact080?: string;

  @DateOnly()
  readonly validFrom: string;
}

export class ChangeAgencyBody {
  @Text({ optional: true, max: 200 })
  readonly name?: string;

  @Text({ optional: true, max: 100 })
  readonly shortName?: string;

  @Text({ optional: true, max: 20, pattern: symbol })
  readonly symbol?: string;

  @Text({ optional: true, max: 100 })
  readonly place?: string;

  @Text({ optional: true, max: 20, pattern: /^080\.\d{5}$/ })
  readonly contact080?: string;
}

const leaderships = ['collective', 'headed'] as const;

export class CreateBodyBody {
  @Id()
  readonly agencyId: string;

  @Text({ max: 200 })
  readonly name: string;

  @Text({ max: 20, pattern: symbol })
  readonly symbol: string;

  @OneOf(leaderships, { description: '`collective` signs T/M, TM.; `headed` is signed by its head.' })
  readonly leadership: Body['leadership'];

  @YesNo({ description: 'Whether the agency signs over the personal signature.' })
  readonly hasSeal: boolean;

  @WordList(/^[A-Z]{1,20}$/, { max: 60 })
  readonly mayIssue: readonly string[];

  @DateOnly()
  readonly validFrom: string;
}

export class ChangeBodyBody {
  @Text({ optional: true, max: 200 })
  readonly name?: string;

  @Text({ optional: true, max: 20, pattern: symbol })
  readonly symbol?: string;

  @OneOf(leaderships, { optional: true })
  readonly leadership?: Body['leadership'];

  @YesNo({ optional: true })
  readonly hasSeal?: boolean;

  @WordList(/^[A-Z]{1,20}$/, { max: 60, optional: true })
  readonly mayIssue?: readonly string[];
}

export class CreatePostBody {
  @Id()
  readonly agencyId: string;

  @Text({ max: 200, description: 'As printed: `PHÓ CHÁNH VĂN PHÒNG`.' })
  readonly title: string;

  @OneOf(postRanks)
  readonly rank: PostRank;

  @IdList({ max: 50, unique: true, description: 'Bodies of the agency that it belongs to.' })
  readonly bodyIds: readonly string[];

  @IdList({ max: 50, unique: true, description: 'Administered bodies for which it signs by order.' })
  readonly byOrderOfBodyIds: readonly string[];

  @DateOnly()
  readonly validFrom: string;
}

export class ChangePostBody {
  @Text({ optional: true, max: 200 })
  readonly title?: string;

  @OneOf(postRanks, { optional: true })
  readonly rank?: PostRank;

  @IdList({ optional: true, max: 50, unique: true })
  readonly bodyIds?: readonly string[];

  @IdList({ optional: true, max: 50, unique: true })
  readonly byOrderOfBodyIds?: readonly string[];
}

export class AppointmentBody {
  @Id()
  readonly postId: string;

  @WordList(roles, { max: roles.length })
  readonly roles: readonly Role[];

  @YesNo({ description: 'Holds the work of the head without the post (Q.).' })
  readonly acting: boolean;

  @DateOnly({ description: 'Today at the earliest.' })
  readonly validFrom: string;

  @DateOnly({ optional: true, description: 'The first day on which it is held no longer.' })
  readonly validTo?: string;
}

export class ChangeAppointmentBody {
  @WordList(roles, { max: roles.length, optional: true })
  readonly roles?: readonly Role[];

  @YesNo({ optional: true })
  readonly acting?: boolean;
}

export class CreatePersonBody {
  @Text({ min: 2, max: 100 })
  readonly fullName: string;

  @ObjectOf(() => AppointmentBody)
  readonly appointment: AppointmentBody;
}

export class ChangePersonBody {
  @Text({ min: 2, max: 100 })
  readonly fullName: string;
}
