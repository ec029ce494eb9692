import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { CurrentPerson, RequirePolicy } from '#platform';

import { DocumentPath, RecipientGroupBody } from '../document-dtos';
import { IfMatchVersion } from '../if-match';
import type { RecipientGroup } from './recipient-groups';
import { RecipientGroups } from './recipient-groups';

@ApiTags('recipient groups')
@Controller('api/v1/recipient-groups')
export class RecipientGroupsController {
  constructor(private readonly groups: RecipientGroups) {}

  @Get()
  @RequirePolicy('recipient-group.read')
  @ApiOperation({ summary: 'Groups of recipients of the own agency, by name.' })
  list(@CurrentPerson() actor: PersonActor): Promise<Page<RecipientGroup>> {
    return this.groups.list(actor);
  }

  @Post()
  @RequirePolicy('recipient-group.change')
  @ApiOperation({ summary: 'Opens a group.' })
  create(@CurrentPerson() actor: PersonActor, @Body() body: RecipientGroupBody): Promise<RecipientGroup> {
    return this.groups.create(actor, body);
  }

  @Put(':id')
  @RequirePolicy('recipient-group.change')
  @ApiOperation({ summary: 'Gives a group another name or other members.' })
  replace(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @Body() body: RecipientGroupBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<RecipientGroup> {
    return this.groups.replace(actor, id, body, version);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePolicy('recipient-group.change')
  @ApiOperation({ summary: 'Takes a group away; documents keep their recipients.' })
  remove(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @IfMatchVersion() version: number | undefined,
  ): Promise<void> {
    return this.groups.remove(actor, id, version);
  }
}
