import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { CurrentPerson, RequirePolicy } from '#platform';
import type { AdministeredAgency } from './administer-agencies';
import { AdministerAgencies } from './administer-agencies';
import type { AdministeredBody } from './administer-bodies';
import { AdministerBodies } from './administer-bodies';
import type { AdministeredPost, StaffedPost } from './administer-posts';
import { AdministerPosts } from './administer-posts';
import {
  AgenciesQueryDto,
  AgencyOfQuery,
  ChangeAgencyBody,
  ChangeBodyBody,
  ChangePostBody,
  CreateAgencyBody,
  CreateBodyBody,
  CreatePostBody,
  EndAgencyBody,
  EndBody,
  IfMatchVersion,
  RowPath,
} from './administration-dtos';
import type { IssuableType } from './issuable-types';

const policy = 'directory.administer';

/** An agency has few bodies and posts: there is one page. */
const onePage = <Item>(items: readonly Item[]): Page<Item> => ({ items, next: null });

@ApiTags('administration')
@Controller('api/v1/admin')
export class AdministrationController {
  constructor(
    private readonly agencies: AdministerAgencies,
    private readonly bodies: AdministerBodies,
    private readonly posts: AdministerPosts,
  ) {}

  @Get('agencies')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'The own agency and all below it, also those that have ended.' })
  listAgencies(
    @CurrentPerson() by: PersonActor,
    @Query() query: AgenciesQueryDto,
  ): Promise<Page<AdministeredAgency>> {
    return this.agencies.list(by, query);
  }

  @Get('agencies/:id')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'The own agency, or one below it.' })
  showAgency(@CurrentPerson() by: PersonActor, @Param() { id }: RowPath): Promise<AdministeredAgency> {
    return this.agencies.show(by, id);
  }

  @Post('agencies')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Founds an agency below an administered one, in its bloc and on its node.' })
  createAgency(
    @CurrentPerson() by: PersonActor,
    @Body() body: CreateAgencyBody,
  ): Promise<AdministeredAgency> {
    return this.agencies.create(by, body);
  }

  @Patch('agencies/:id')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Changes names, symbol, place or number; code, level and bloc stay for ever.' })
  changeAgency(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: RowPath,
    @Body() body: ChangeAgencyBody,
    @IfMatchVersion() version?: number,
  ): Promise<AdministeredAgency> {
    return this.agencies.change(by, id, body, version);
  }

  @Post('agencies/:id/end')
  @HttpCode(200)
  @RequirePolicy(policy)
  @ApiOperation({
    summary: 'Ends an agency with its bodies, posts and appointments, perhaps with a successor.',
  })
  endAgency(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: RowPath,
    @Body() body: EndAgencyBody,
    @IfMatchVersion() version?: number,
  ): Promise<AdministeredAgency> {
    return this.agencies.end(by, id, body, version);
  }

  @Get('bodies')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Issuing bodies of an administered agency, also those that have ended.' })
  async listBodies(
    @CurrentPerson() by: PersonActor,
    @Query() { agencyId }: AgencyOfQuery,
  ): Promise<Page<AdministeredBody>> {
    return onePage(await this.bodies.list(by, agencyId));
  }

  @Get('bodies/types')
  @RequirePolicy(policy)
  @ApiOperation({
    summary: 'Types of documents that bodies of an administered agency may be allowed to issue.',
  })
  async listTypes(
    @CurrentPerson() by: PersonActor,
    @Query() { agencyId }: AgencyOfQuery,
  ): Promise<Page<IssuableType>> {
    return onePage(await this.bodies.issuableTypes(by, agencyId));
  }

  @Post('bodies')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Enters an issuing body.' })
  createBody(@CurrentPerson() by: PersonActor, @Body() body: CreateBodyBody): Promise<AdministeredBody> {
    return this.bodies.create(by, body);
  }

  @Patch('bodies/:id')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Changes an issuing body; what it has issued stays as it is.' })
  changeBody(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: RowPath,
    @Body() body: ChangeBodyBody,
    @IfMatchVersion() version?: number,
  ): Promise<AdministeredBody> {
    return this.bodies.change(by, id, body, version);
  }

  @Post('bodies/:id/end')
  @HttpCode(200)
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Ends an issuing body.' })
  endBody(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: RowPath,
    @Body() body: EndBody,
    @IfMatchVersion() version?: number,
  ): Promise<AdministeredBody> {
    return this.bodies.end(by, id, body, version);
  }

  @Get('posts')
  @RequirePolicy(policy)
  @ApiOperation({
    summary: 'Posts of an administered agency with who holds them today, also those that have ended.',
  })
  async listPosts(
    @CurrentPerson() by: PersonActor,
    @Query() { agencyId }: AgencyOfQuery,
  ): Promise<Page<StaffedPost>> {
    return onePage(await this.posts.list(by, agencyId));
  }

  @Post('posts')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Enters a post.' })
  createPost(@CurrentPerson() by: PersonActor, @Body() body: CreatePostBody): Promise<AdministeredPost> {
    return this.posts.create(by, body);
  }

  @Patch('posts/:id')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Changes a post; never the own.' })
  changePost(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: RowPath,
    @Body() body: ChangePostBody,
    @IfMatchVersion() version?: number,
  ): Promise<AdministeredPost> {
    return this.posts.change(by, id, body, version);
  }

  @Post('posts/:id/end')
  @HttpCode(200)
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Ends a post that nobody holds any more.' })
  endPost(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: RowPath,
    @Body() body: EndBody,
    @IfMatchVersion() version?: number,
  ): Promise<AdministeredPost> {
    return this.posts.end(by, id, body, version);
  }
}
