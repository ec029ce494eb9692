import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Page } from '#platform';
import { Count, CurrentActor, Id, OneOf, PageQuery, RequirePolicy, Text } from '#platform';
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

export class DirectoryId {
  @Id()
  readonly id: string;
}

@ApiTags('directory')
@Controller('api/v1')
export class DirectoryController {
  constructor(private readonly directory: ReadDirectory) {}

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

  @Get('people/:id')
  @RequirePolicy('directory.read')
  @ApiOperation({ summary: 'A person and the posts held today.' })
  person(@CurrentActor() actor: Actor, @Param() { id }: DirectoryId): Promise<PersonView> {
    return this.directory.person(actor, id);
  }
}
