import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '#platform';
import { CurrentPerson, ListOf, OneOf, RequirePolicy, Text } from '#platform';

import type { CopyCode } from '../../rules';
import { copyCodes } from '../../rules';
import { DocumentPath, PaperRecipientBody, RecipientBody } from '../document-dtos';
import type { DocumentSummary } from '../document-view';
import { MakeCopy } from './make-copy';
import type { CopiesOfDocument } from './read-copies';
import { ReadCopies } from './read-copies';

export class MakeCopyBody {
  @OneOf(copyCodes, { description: 'SY sao y, SL sao lục, TRS trích sao.' })
  readonly kind: CopyCode;

  @Text({
    optional: true,
    max: 200,
    pattern: /^\d{1,5}( ?- ?\d{1,5})?( ?, ?\d{1,5}( ?- ?\d{1,5})?)*$/,
    description: 'Pages of an extract, of the main file.',
    example: '1, 3-5',
  })
  readonly pages?: string;

  @ListOf(() => RecipientBody, { max: 4000, description: 'Recipient agencies, each once, in their order.' })
  readonly recipients: readonly RecipientBody[];

  @ListOf(() => PaperRecipientBody, {
    optional: true,
    max: 200,
    description: 'Recipients that are not in the directory; they get paper.',
  })
  readonly paperRecipients?: readonly PaperRecipientBody[];

  @Text({ optional: true, min: 3, max: 500, description: 'Why some of it goes on paper.' })
  readonly paperReason?: string;
}

/** Copies of what the agency has issued, and of what it has received. */
@ApiTags('copies')
@Controller('api/v1')
export class CopiesController {
  constructor(
    private readonly makeCopy: MakeCopy,
    private readonly readCopies: ReadCopies,
  ) {}

  @Get('documents/:id/copies')
  @RequirePolicy('document.copy')
  @ApiOperation({ summary: 'Which copies may be made of an issued document, and which there are.' })
  ofDocument(@CurrentPerson() actor: PersonActor, @Param() { id }: DocumentPath): Promise<CopiesOfDocument> {
    return this.readCopies.run(actor, { kind: 'document', id });
  }

  @Post('documents/:id/copies')
  @RequirePolicy('document.copy')
  @ApiOperation({ summary: 'Makes a copy of an issued document: sao y, sao lục or trích sao.' })
  copyDocument(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @Body() body: MakeCopyBody,
  ): Promise<DocumentSummary> {
    return this.makeCopy.run(actor, { kind: 'document', id }, body);
  }

  @Get('incoming/:id/copies')
  @RequirePolicy('document.copy')
  @ApiOperation({ summary: 'Which copies may be made of an accepted document, and which there are.' })
  ofIncoming(@CurrentPerson() actor: PersonActor, @Param() { id }: DocumentPath): Promise<CopiesOfDocument> {
    return this.readCopies.run(actor, { kind: 'incoming', id });
  }

  @Post('incoming/:id/copies')
  @RequirePolicy('document.copy')
  @ApiOperation({ summary: 'Makes a copy of an accepted document: sao y, sao lục or trích sao.' })
  copyIncoming(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @Body() body: MakeCopyBody,
  ): Promise<DocumentSummary> {
    return this.makeCopy.run(actor, { kind: 'incoming', id }, body);
  }
}
