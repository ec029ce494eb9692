import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { CurrentPerson, Id, PageQuery, RequirePolicy, Text } from '#platform';
import type { KeyAnswer } from './list-keys';
import { ListKeys } from './list-keys';
import { ReleaseKey } from './release-key';

export class KeyPath {
  @Id()
  readonly id: string;
}

export class ReleaseBody {
  @Text({ min: 3, max: 500, description: 'Why, and how the holder was identified.' })
  readonly reason: string;
}

@ApiTags('keys')
@Controller('api/v1/keys')
export class KeysController {
  constructor(
    private readonly listKeys: ListKeys,
    private readonly releaseKey: ReleaseKey,
  ) {}

  @Get()
  @RequirePolicy('key.read')
  @ApiOperation({
    summary: 'The keys the person may use; for an administrator, those of administered agencies.',
  })
  list(@CurrentPerson() person: PersonActor, @Query() query: PageQuery): Promise<Page<KeyAnswer>> {
    return this.listKeys.run(person, query);
  }

  @Post(':id/release')
  @HttpCode(204)
  @RequirePolicy('key.release')
  @ApiOperation({ summary: 'Gives a key that wrong PINs have locked its attempts back.' })
  @ApiNoContentResponse()
  release(
    @CurrentPerson() person: PersonActor,
    @Param() path: KeyPath,
    @Body() body: ReleaseBody,
  ): Promise<void> {
    return this.releaseKey.run(person, path.id, body.reason);
  }
}
