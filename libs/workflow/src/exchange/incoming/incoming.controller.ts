import type { StreamableFile } from '@nestjs/common';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';

import type { Page, PersonActor } from '#platform';
import { CurrentPerson, OneOf, PageQuery, RequirePolicy, Text } from '#platform';

import { fileAnswer } from '../../documents/reading/file-answer';
import type { Acceptance } from './accept-incoming';
import { AcceptIncoming } from './accept-incoming';
import type { IncomingCounts } from './count-incoming';
import { CountIncoming } from './count-incoming';
import { FindIncoming } from './find-incoming';
import type { IncomingState } from './incoming-states';
import { incomingStates } from './incoming-states';
import type { IncomingSummary } from './incoming-view';
import type { IncomingView } from './incoming-views';
import { incomingViews } from './incoming-views';
import type { IncomingDocument } from './read-incoming';
import { ReadIncoming } from './read-incoming';
import type { FileCopy } from './read-incoming-file';
import { fileCopies, ReadIncomingFile } from './read-incoming-file';
import { RefuseIncoming } from './refuse-incoming';
import type { IncomingVerification } from './verify-incoming';
import { VerifyIncoming } from './verify-incoming';

export class FindIncomingQuery extends PageQuery {
  @OneOf(incomingStates, {
    optional: true,
    description: '01 arrived, 02 refused, 03 accepted, 04 assigned, 05 in progress, 06 completed.',
  })
  readonly state?: IncomingState;

  @OneOf(incomingViews, {
    optional: true,
    description:
      'What waits, in the order of the work: of the agency for clerk and leader, else what is assigned to the person.',
  })
  readonly view?: IncomingView;
}

export class IncomingFileQuery {
  @OneOf(['download'], { optional: true, description: 'Also a file with a fault, for examination.' })
  readonly as?: 'download';

  @OneOf(fileCopies, {
    optional: true,
    description: '`stamped`: the own copy of the main file with the ĐẾN stamp; `original` if not given.',
  })
  readonly copy?: FileCopy;
}

export class RefuseIncomingBody {
  @Text({
    min: 3,
    max: 1000,
    multiline: true,
    description: 'Why; the sender reads it. No content of the document.',
  })
  readonly reason: string;
}

@ApiTags('incoming')
@Controller('api/v1/incoming')
export class IncomingController {
  constructor(
    private readonly findIncoming: FindIncoming,
    private readonly countIncoming: CountIncoming,
    private readonly readIncoming: ReadIncoming,
    private readonly readIncomingFile: ReadIncomingFile,
    private readonly verifyIncoming: VerifyIncoming,
    private readonly acceptIncoming: AcceptIncoming,
    private readonly refuseIncoming: RefuseIncoming,
  ) {}

  @Get()
  @RequirePolicy('incoming.read')
  @ApiOperation({ summary: 'Documents that arrived for the own agency and the person needs to know.' })
  find(
    @CurrentPerson() actor: PersonActor,
    @Query() query: FindIncomingQuery,
  ): Promise<Page<IncomingSummary>> {
    return this.findIncoming.run(actor, query);
  }

  @Get('counts')
  @RequirePolicy('incoming.read')
  @ApiOperation({ summary: 'How many wait in each view, to 1000 at most.' })
  counts(@CurrentPerson() actor: PersonActor): Promise<IncomingCounts> {
    return this.countIncoming.run(actor);
  }

  @Get(':id')
  @RequirePolicy('incoming.read')
  @ApiOperation({
    summary: 'One incoming document with its files, the last verdict, instructions and steps.',
  })
  read(@CurrentPerson() actor: PersonActor, @Param('id') id: string): Promise<IncomingDocument> {
    return this.readIncoming.run(actor, id);
  }

  @Get(':id/files/:fileId/content')
  @RequirePolicy('incoming.read')
  @ApiOperation({ summary: 'The bytes of one file: as they arrived, or the stamped copy.' })
  @ApiProduces('application/pdf')
  async content(
    @CurrentPerson() actor: PersonActor,
    @Param('id') id: string,
    @Param('fileId') fileId: string,
    @Query() { as, copy }: IncomingFileQuery,
  ): Promise<StreamableFile> {
    return fileAnswer(await this.readIncomingFile.run(actor, { id, fileId, as, copy }));
  }

  @Post(':id/verify')
  @HttpCode(200)
  @RequirePolicy('incoming.verify')
  @ApiOperation({ summary: 'Verifies the signatures of every file and keeps the verdict.' })
  verify(@CurrentPerson() actor: PersonActor, @Param('id') id: string): Promise<IncomingVerification> {
    return this.verifyIncoming.run(actor, id);
  }

  @Post(':id/accept')
  @HttpCode(200)
  @RequirePolicy('incoming.accept')
  @ApiOperation({
    summary: 'Accepts (03): gives số đến and ngày đến and tells the sender. Repeating it gives the same.',
  })
  accept(@CurrentPerson() actor: PersonActor, @Param('id') id: string): Promise<Acceptance> {
    return this.acceptIncoming.run(actor, id);
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @RequirePolicy('incoming.refuse')
  @ApiOperation({ summary: 'Refuses (02) with a reason and tells the sender.' })
  async refuse(
    @CurrentPerson() actor: PersonActor,
    @Param('id') id: string,
    @Body() body: RefuseIncomingBody,
  ): Promise<{ readonly state: '02' }> {
    await this.refuseIncoming.run(actor, id, body.reason);
    return { state: '02' };
  }
}
