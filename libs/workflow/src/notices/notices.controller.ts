import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';

import type { PersonActor } from '#platform';
import { CurrentPerson, IdList, OneOf, PageQuery, RequirePolicy, YesNo } from '#platform';

import { WorkflowError } from '../errors';
import type { NoticePage } from './find-notices';
import { FindNotices } from './find-notices';
import { NoticeStreams } from './notice-streams';
import { ReadNotices } from './read-notices';

export class FindNoticesQuery extends PageQuery {
  @OneOf(['true', 'false'], { optional: true, description: 'true: unread ones only.' })
  readonly unread?: 'true' | 'false';
}

export class ReadNoticesBody {
  @IdList({ optional: true, min: 1, max: 200, unique: true })
  readonly ids?: string[];

  @YesNo({ optional: true, description: 'true: all of them.' })
  readonly all?: boolean;
}

@ApiTags('notices')
@Controller('api/v1/notices')
export class NoticesController {
  constructor(
    private readonly findNotices: FindNotices,
    private readonly readNotices: ReadNotices,
    private readonly streams: NoticeStreams,
  ) {}

  @Get()
  @RequirePolicy('notice.read')
  @ApiOperation({ summary: 'What the person was told, newest first, and how much of it is unread.' })
  find(@CurrentPerson() actor: PersonActor, @Query() query: FindNoticesQuery): Promise<NoticePage> {
    const { cursor, unread } = query;
    return this.findNotices.run(actor, { cursor, only: unread === 'true' ? 'unread' : undefined });
  }

  @Post('read')
  @HttpCode(200)
  @RequirePolicy('notice.read')
  @ApiOperation({ summary: 'Notes that some, or all, have been read.' })
  read(
    @CurrentPerson() actor: PersonActor,
    @Body() body: ReadNoticesBody,
  ): Promise<{ readonly unread: number }> {
    return this.readNotices.run(actor, whichOf(body));
  }

  @Get('stream')
  @RequirePolicy('notice.read')
  @ApiProduces('text/event-stream')
  @ApiOperation({
    summary:
      'New notices as server-sent events: `notice` with a notice, `reload` when the list should be read again, `replaced` when a newer window of the session has taken the place of this one. Resumes by `Last-Event-ID`, ends with the session.',
  })
  stream(
    @CurrentPerson() actor: PersonActor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.streams.open(actor, request, response);
  }
}

/** @throws WorkflowError NOTICES_NOT_NAMED */
function whichOf({ ids, all }: ReadNoticesBody): { readonly ids: readonly string[] } | 'all' {
  if (ids !== undefined && all === undefined) return { ids };
  if (ids === undefined && all === true) return 'all';
  throw new WorkflowError('NOTICES_NOT_NAMED');
}
