import type { StreamableFile } from '@nestjs/common';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { Count, CurrentPerson, OneOf, PageQuery, RequirePolicy } from '#platform';

import type { ClosedVolume } from './close-volume';
import { CloseVolume } from './close-volume';
import { FindVolumes } from './find-volumes';
import { ReadVolume } from './read-volume';
import type { VolumeSummary } from './volume';

export class FindVolumesQuery extends PageQuery {
  @Count({ optional: true, min: 1945, max: 9998 })
  readonly year?: number;

  @OneOf(['outgoing', 'incoming'], { optional: true })
  readonly register?: 'outgoing' | 'incoming';
}

@ApiTags('registers')
@Controller('api/v1/registers/volumes')
export class VolumesController {
  constructor(
    private readonly findVolumes: FindVolumes,
    private readonly closeVolume: CloseVolume,
    private readonly readVolume: ReadVolume,
  ) {}

  @Get()
  @RequirePolicy('register.read')
  @ApiOperation({ summary: 'Volumes of the registers, the latest opened first.' })
  find(@CurrentPerson() actor: PersonActor, @Query() query: FindVolumesQuery): Promise<Page<VolumeSummary>> {
    return this.findVolumes.run(actor, query);
  }

  @Post(':id/close')
  @HttpCode(200)
  @RequirePolicy('register.close')
  @ApiOperation({
    summary: 'Khóa sổ: prints the volume, keeps the print and its digest; its rows change no more.',
  })
  close(@CurrentPerson() actor: PersonActor, @Param('id') id: string): Promise<ClosedVolume> {
    return this.closeVolume.run(actor, id);
  }

  @Get(':id/content')
  @RequirePolicy('register.read')
  @ApiProduces('application/pdf')
  @ApiOperation({ summary: 'The printed form of a closed volume.' })
  content(@CurrentPerson() actor: PersonActor, @Param('id') id: string): Promise<StreamableFile> {
    return this.readVolume.run(actor, id);
  }
}
