import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { CurrentPerson, RequirePolicy } from '#platform';

import type { BodyChoices } from './list-bodies';
import { ListBodies } from './list-bodies';

@ApiTags('directory')
@Controller('api/v1/bodies')
export class BodiesController {
  constructor(private readonly bodies: ListBodies) {}

  @Get()
  @RequirePolicy('directory.read')
  @ApiOperation({
    summary:
      'Bodies of the own agency: types they may issue, posts that sign for them and in which capacity.',
  })
  list(@CurrentPerson() person: PersonActor): Promise<Page<BodyChoices>> {
    return this.bodies.list(person);
  }
}
