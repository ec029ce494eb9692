import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { CurrentPerson, RequirePolicy } from '#platform';

import { DispatchPath, DocumentPath, HandedBody, ReceivedBody, ToldBody } from '../document-dtos';
import type { DispatchView } from './dispatch';
import { RecordDispatch } from './record-dispatch';

@ApiTags('documents')
@Controller('api/v1/documents/:id/dispatches')
export class DispatchesController {
  constructor(private readonly dispatches: RecordDispatch) {}

  @Get()
  @RequirePolicy('document.read')
  @ApiOperation({ summary: 'What of an issued document goes on paper, and who signed for it.' })
  list(@CurrentPerson() actor: PersonActor, @Param() { id }: DocumentPath): Promise<Page<DispatchView>> {
    return this.dispatches.list(actor, id);
  }

  @Post(':n/handed')
  @HttpCode(200)
  @RequirePolicy('document.dispatch')
  @ApiOperation({ summary: 'The paper left: given to the post or to a messenger.' })
  handed(
    @CurrentPerson() actor: PersonActor,
    @Param() { id, n }: DispatchPath,
    @Body() body: HandedBody,
  ): Promise<DispatchView> {
    return this.dispatches.handed(actor, id, n, body);
  }

  @Post(':n/received')
  @HttpCode(200)
  @RequirePolicy('document.dispatch')
  @ApiOperation({ summary: 'Ký nhận: somebody signed for the paper.' })
  received(
    @CurrentPerson() actor: PersonActor,
    @Param() { id, n }: DispatchPath,
    @Body() body: ReceivedBody,
  ): Promise<DispatchView> {
    return this.dispatches.received(actor, id, n, body);
  }

  @Post(':n/told')
  @HttpCode(200)
  @RequirePolicy('document.dispatch')
  @ApiOperation({
    summary: 'Whoever holds the paper was told that the document is recalled, replaced or corrected.',
  })
  told(
    @CurrentPerson() actor: PersonActor,
    @Param() { id, n }: DispatchPath,
    @Body() body: ToldBody,
  ): Promise<DispatchView> {
    return this.dispatches.told(actor, id, n, body);
  }
}
