import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { CurrentPerson, RequirePolicy, UploadIdempotencyInterceptor } from '#platform';

import type { DocumentChanges } from '../changes/read-changes';
import { ReadChanges } from '../changes/read-changes';
import {
  ChangeDocumentBody,
  ChangeSignerBody,
  ChangesQuery,
  DocumentPath,
  FileOrderBody,
  FilePath,
  LastRecipientsQuery,
  ReplaceFileBody,
} from '../document-dtos';
import type { DocumentSummary, FileView } from '../document-view';
import { AddFile } from '../files/add-file';
import { OrderFiles } from '../files/order-files';
import { PdfUploadInterceptor } from '../files/pdf-upload.interceptor';
import { RemoveFile } from '../files/remove-file';
import type { TakenFile } from '../files/taken-file';
import { takenFile } from '../files/taken-file';
import { IfMatchVersion } from '../if-match';
import type { DraftDetail } from '../reading/read-drafts';
import { ReadDrafts } from '../reading/read-drafts';
import type { LastRecipients } from '../recipients/last-recipients';
import { FindLastRecipients } from '../recipients/last-recipients';
import { ChangeDocument } from './change-document';
import { ChangeSigner } from './change-signer';

const replacementForm = {
  schema: {
    type: 'object',
    required: ['file'],
    properties: {
      file: { type: 'string', format: 'binary', description: 'A PDF; for a source docx, odt or doc.' },
      title: { type: 'string', maxLength: 500 },
    },
  },
};

/** What a drafter changes while a document is written, and what its drafts were. */
@ApiTags('documents')
@Controller('api/v1/documents')
export class DraftsController {
  constructor(
    private readonly lastRecipients: FindLastRecipients,
    private readonly changeDocument: ChangeDocument,
    private readonly changeSigner: ChangeSigner,
    private readonly readDrafts: ReadDrafts,
    private readonly readChanges: ReadChanges,
    private readonly addFile: AddFile,
    private readonly removeFile: RemoveFile,
    private readonly orderFiles: OrderFiles,
  ) {}

  @Get('last-recipients')
  @RequirePolicy('document.list')
  @ApiOperation({ summary: '"Như lần trước": recipients of the last issued document of a body and type.' })
  last(@CurrentPerson() actor: PersonActor, @Query() query: LastRecipientsQuery): Promise<LastRecipients> {
    return this.lastRecipients.run(actor, query);
  }

  @Patch(':id')
  @RequirePolicy('document.edit')
  @ApiOperation({ summary: 'Changes what a draft says; a field left out stays as it is.' })
  change(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @Body() body: ChangeDocumentBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<DocumentSummary> {
    return this.changeDocument.run(actor, id, body, version);
  }

  @Post(':id/signer')
  @HttpCode(200)
  @RequirePolicy('document.change-signer')
  @ApiOperation({ summary: 'Names another signer before the signature; an approval is open again.' })
  signer(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @Body() body: ChangeSignerBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<DocumentSummary> {
    return this.changeSigner.run(actor, id, body, version);
  }

  @Get(':id/drafts')
  @RequirePolicy('document.read')
  @ApiOperation({ summary: 'Every "dự thảo lần n": what it said, its files, who sent it back and why.' })
  drafts(@CurrentPerson() actor: PersonActor, @Param() { id }: DocumentPath): Promise<Page<DraftDetail>> {
    return this.readDrafts.run(actor, id);
  }

  @Get(':id/changes')
  @RequirePolicy('document.read')
  @ApiOperation({ summary: 'What is different from a draft that was sent back, page by page.' })
  changes(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @Query() { since }: ChangesQuery,
  ): Promise<DocumentChanges> {
    return this.readChanges.run(actor, id, since);
  }

  @Put(':id/files/order')
  @RequirePolicy('document.edit')
  @ApiOperation({ summary: 'Puts annexes and attachments into an order.' })
  order(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @Body() { fileIds }: FileOrderBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<Page<FileView>> {
    return this.orderFiles.run(actor, id, fileIds, version);
  }

  @Put(':id/files/:fileId')
  @RequirePolicy('document.edit')
  @UseInterceptors(PdfUploadInterceptor, UploadIdempotencyInterceptor)
  @ApiConsumes('multipart/form-data')
  @ApiBody(replacementForm)
  @ApiOperation({ summary: 'Puts another file in the place of one; earlier drafts keep theirs.' })
  replace(
    @CurrentPerson() actor: PersonActor,
    @Param() { id, fileId }: FilePath,
    @Body() { title }: ReplaceFileBody,
    @UploadedFile() file: TakenFile | undefined,
  ): Promise<FileView> {
    return this.addFile.run(actor, id, { replaces: fileId, title, ...takenFile(file) });
  }

  @Delete(':id/files/:fileId')
  @HttpCode(204)
  @RequirePolicy('document.edit')
  @ApiOperation({ summary: 'Takes a file out of the draft; earlier drafts keep it.' })
  remove(
    @CurrentPerson() actor: PersonActor,
    @Param() { id, fileId }: FilePath,
    @IfMatchVersion() version: number | undefined,
  ): Promise<void> {
    return this.removeFile.run(actor, id, fileId, version);
  }
}
