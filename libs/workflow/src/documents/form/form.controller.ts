import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '#platform';
import { CurrentPerson, RequirePolicy } from '#platform';

import { DocumentPath } from '../document-dtos';
import { PdfUploadInterceptor } from '../files/pdf-upload.interceptor';
import type { TakenFile } from '../files/taken-file';
import { takenFile } from '../files/taken-file';
import { IfMatchVersion } from '../if-match';
import type { FormatReport } from './check-format';
import { CheckFormat } from './check-format';
import type { FormReading } from './form-reading';
import { LayoutBody } from './layout-dtos';
import type { PlacedParts } from './place-parts';
import { PlaceParts } from './place-parts';
import { ReadForm } from './read-form';

const pdfForm = {
  schema: {
    type: 'object',
    required: ['file'],
    properties: { file: { type: 'string', format: 'binary', description: 'A PDF.' } },
  },
};

/** The form of the page: read out of a PDF, compared with the rules, and where the parts stand. */
@ApiTags('documents')
@Controller('api/v1/documents')
export class FormController {
  constructor(
    private readonly readForm: ReadForm,
    private readonly checkFormat: CheckFormat,
    private readonly placeParts: PlaceParts,
  ) {}

  @Post('read-form')
  @HttpCode(200)
  @RequirePolicy('document.read-form')
  @UseInterceptors(PdfUploadInterceptor)
  @ApiConsumes('multipart/form-data')
  @ApiBody(pdfForm)
  @ApiOperation({ summary: 'Reads type, abstract, body, signer and places out of a PDF; stores nothing.' })
  read(
    @CurrentPerson() actor: PersonActor,
    @UploadedFile() file: TakenFile | undefined,
  ): Promise<FormReading> {
    return this.readForm.run(actor, takenFile(file).bytes);
  }

  @Get(':id/format-check')
  @RequirePolicy('document.read')
  @ApiOperation({ summary: 'Compares the main file with the form that its bloc demands.' })
  check(@CurrentPerson() actor: PersonActor, @Param() { id }: DocumentPath): Promise<FormatReport> {
    return this.checkFormat.run(actor, id);
  }

  @Put(':id/layout')
  @RequirePolicy('document.place')
  @ApiOperation({ summary: 'Places number, date and signatures; a part left out is placed by itself.' })
  place(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @Body() body: LayoutBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<PlacedParts> {
    return this.placeParts.run(actor, id, body, version);
  }
}
