import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Page, PersonActor, Role } from '#platform';
import {
  Count,
  CurrentActor,
  CurrentPerson,
  Id,
  OneOf,
  PageQuery,
  RequirePolicy,
  roles,
  Text,
} from '#platform';
import type { Colleague } from './find-people';
import { FindPeople } from './find-people';
import { agencyLevels, blocs } from './model';
import type { Agency, AgencyLevel, Bloc } from './model';
import { ReadDirectory } from './read-directory';
import type { AgencyView, PersonView } from './read-directory';

export class FindAgenciesQuery extends PageQuery {
  @Text({
    optional: true,
    max: 100,
    description: 'Beginnings of words of name or code; marks and case do not matter.',
    example: 'tinh uy lam',
  })
  readonly q?: string;

  @OneOf(blocs, { optional: true })
  readonly bloc?: Bloc;

  @OneOf(agencyLevels, { optional: true })
  readonly level?: AgencyLevel;

  @Count({ optional: true, min: 1, max: 100 })
  readonly limit?: number;
}

export class FindPeopleQuery extends PageQuery {
  @Text({
    optional: true,
    max: 100,
    description: 'Beginnings of words of name or title; marks and case do not matter.',
    example: 'nguyen anh',
  })
  readonly query?: string;

  @OneOf(roles, { optional: true })
  readonly role?: Role;

  @Id({ optional: true, description: 'A body that the post belongs to.' })
  readonly body?: string;
}

export class DirectoryId {
  @Id()
  readonly id: string;
}

@ApiTags('directory')
@Controller('api/v1')
export class DirectoryController {
  constructor(
    private readonly directory: ReadDirectory,
    private readonly people: FindPeople,
  ) {}

  @Get('agencies')
  @RequirePolicy('directory.read')
  @ApiOperation({ summary: 'Agencies in force today, by the beginnings of words of their names or codes.' })
  find(@CurrentActor() actor: Actor, @Query() query: FindAgenciesQuery): Promise<Page<Agency>> {
    return this.directory.find(actor, query);
  }

  @Get('agencies/:id')
  @RequirePolicy('directory.read')
  @ApiOperation({
    summary: 'An agency with its issuing bodies, terms and certificates; with posts if it is your own.',
  })
  agency(@CurrentActor() actor: Actor, @Param() { id }: DirectoryId): Promise<AgencyView> {
    return this.directory.agency(actor, id);
  }

  @Get('people')
  @RequirePolicy('directory.read')
  @ApiOperation({ summary: 'People of the own agency who hold a post today, with their posts and roles.' })
  findPeople(
    @CurrentPerson() person: PersonActor,
    @Query() query: FindPeopleQuery,
  ): Promise<Page<Colleague>> {
    return this.people.find(person, query);
  }

  @Get('people/:id')
  @RequirePolicy('directory.read')
  @ApiOperation({ summary: 'A person and the posts held today.' })
  person(@CurrentActor() actor: Actor, @Param() { id }: DirectoryId): Promise<PersonView> {
    return this.directory.person(actor, id);
  }
}
