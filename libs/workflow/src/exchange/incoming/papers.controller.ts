import { Body, Controller, Get, Param, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';

import type { Page, PersonActor } from '#platform';
import { CurrentPerson, RequirePolicy, UploadIdempotencyInterceptor } from '#platform';

import { PdfUploadInterceptor } from '../../documents/files/pdf-upload.interceptor';
import { WorkflowError } from '../../errors';
import type { ScanView } from './add-scan';
import { AddScan } from './add-scan';
import type { EnteredPaper } from './enter-paper';
import { EnterPaper } from './enter-paper';
import { AddScanBody, EnterPaperBody } from './paper-dtos';
import type { PaperType } from './list-paper-types';
import { ListPaperTypes } from './list-paper-types';

const scanForm = {
  schema: {
    type: 'object',
    required: ['file', 'role'],
    properties: {
      file: { type: 'string', format: 'binary', description: 'A PDF.' },
      role: { type: 'string', enum: ['main', 'annex', 'attachment'] },
      title: { type: 'string', maxLength: 500 },
    },
  },
};

@ApiTags('incoming')
@Controller('api/v1/incoming')
export class PapersController {
  constructor(
    private readonly enterPaper: EnterPaper,
    private readonly addScan: AddScan,
    private readonly listPaperTypes: ListPaperTypes,
  ) {}

  @Get('paper/types')
  @RequirePolicy('incoming.enter')
  @ApiOperation({ summary: 'What a paper may be entered as: the types of every bloc, and any other paper.' })
  types(@CurrentPerson() actor: PersonActor): Promise<Page<PaperType>> {
    return this.listPaperTypes.run(actor);
  }

  @Post('paper')
  @RequirePolicy('incoming.enter')
  @ApiOperation({ summary: 'Enters a paper in the register (03): gives số đến and ngày đến at once.' })
  enter(@CurrentPerson() actor: PersonActor, @Body() body: EnterPaperBody): Promise<EnteredPaper> {
    return this.enterPaper.run(actor, body);
  }

  @Post(':id/files')
  @RequirePolicy('incoming.enter')
  @UseInterceptors(PdfUploadInterceptor, UploadIdempotencyInterceptor)
  @ApiConsumes('multipart/form-data')
  @ApiBody(scanForm)
  @ApiOperation({ summary: 'Takes in the scan of a paper that is not secret.' })
  scan(
    @CurrentPerson() actor: PersonActor,
    @Param('id') id: string,
    @Body() { role, title }: AddScanBody,
    @UploadedFile()
    file: { readonly originalname: string; readonly buffer: Buffer } | undefined,
  ): Promise<ScanView> {
    if (file === undefined) throw new WorkflowError('FILE_REQUIRED');
    return this.addScan.run(actor, id, { role, title, fileName: file.originalname, bytes: file.buffer });
  }
}
