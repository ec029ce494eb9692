import type { StreamableFile } from '@nestjs/common';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { CurrentPerson, RequirePolicy, UploadIdempotencyInterceptor } from '#platform';
import type { Response } from 'express';

import { CreateDocument } from './create-document';
import {
  AddFileBody,
  CreateDocumentBody,
  DocumentPath,
  FilePath,
  FileVersionQuery,
  InitialBody,
  ListDocumentsQuery,
  ReasonBody,
} from './document-dtos';
import type { DocumentSummary, FileView } from './document-view';
import { ApproveDocument } from './drafting/approve-document';
import { InitialDraft } from './drafting/initial-draft';
import { ReturnDocument } from './drafting/return-document';
import type { SubmittedDocument } from './drafting/submit-document';
import { SubmitDocument } from './drafting/submit-document';
import { AddFile } from './files/add-file';
import { PdfUploadInterceptor } from './files/pdf-upload.interceptor';
import type { TakenFile } from './files/taken-file';
import { takenFile } from './files/taken-file';
import { IfMatchVersion } from './if-match';
import { CancelDocument } from './issuing/cancel-document';
import { IssueDocument } from './issuing/issue-document';
import { NumberDocument } from './issuing/number-document';
import { fileAnswer } from './reading/file-answer';
import { ListDocuments } from './reading/list-documents';
import type { DocumentDetail } from './reading/read-document';
import { ReadDocument } from './reading/read-document';
import { ReadFile } from './reading/read-file';

const uploadForm = {
  schema: {
    type: 'object',
    required: ['file', 'role'],
    properties: {
      file: { type: 'string', format: 'binary', description: 'A PDF; for a source docx, odt or doc.' },
      role: { type: 'string', enum: ['main', 'annex', 'attachment', 'source'] },
      title: { type: 'string', maxLength: 500 },
    },
  },
};

@ApiTags('documents')
@Controller('api/v1/documents')
export class DocumentsController {
  constructor(
    private readonly createDocument: CreateDocument,
    private readonly listDocuments: ListDocuments,
    private readonly readDocument: ReadDocument,
    private readonly addFile: AddFile,
    private readonly readFile: ReadFile,
    private readonly submitDocument: SubmitDocument,
    private readonly initialDraft: InitialDraft,
    private readonly returnDocument: ReturnDocument,
    private readonly approveDocument: ApproveDocument,
    private readonly numberDocument: NumberDocument,
    private readonly issueDocument: IssueDocument,
    private readonly cancelDocument: CancelDocument,
  ) {}

  @Post()
  @RequirePolicy('document.create')
  @ApiOperation({ summary: 'Opens a draft.' })
  create(@CurrentPerson() actor: PersonActor, @Body() body: CreateDocumentBody): Promise<DocumentSummary> {
    return this.createDocument.run(actor, body);
  }

  @Get()
  @RequirePolicy('document.list')
  @ApiOperation({ summary: 'Documents of the own agency, the latest change first.' })
  list(
    @CurrentPerson() actor: PersonActor,
    @Query() query: ListDocumentsQuery,
  ): Promise<Page<DocumentSummary>> {
    return this.listDocuments.run(actor, query);
  }

  @Get(':id')
  @RequirePolicy('document.read')
  @ApiOperation({ summary: 'One document with its files, drafts, steps and signatures.' })
  async read(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DocumentDetail> {
    const document = await this.readDocument.run(actor, id);
    response.setHeader('ETag', `"${document.version}"`);
    return document;
  }

  @Post(':id/files')
  @RequirePolicy('document.edit')
  @UseInterceptors(PdfUploadInterceptor, UploadIdempotencyInterceptor)
  @ApiConsumes('multipart/form-data')
  @ApiBody(uploadForm)
  @ApiOperation({ summary: 'Takes a file into the draft; a second main file or source replaces the first.' })
  add(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @Body() { role, title }: AddFileBody,
    @UploadedFile() file: TakenFile | undefined,
  ): Promise<FileView> {
    return this.addFile.run(actor, id, { role, title, ...takenFile(file) });
  }

  @Get(':id/files/:fileId/content')
  @RequirePolicy('document.read')
  @ApiProduces('application/pdf')
  @ApiOperation({ summary: 'The bytes of a file, the current version or an earlier one.' })
  async content(
    @CurrentPerson() actor: PersonActor,
    @Param() { id, fileId }: FilePath,
    @Query() { version }: FileVersionQuery,
  ): Promise<StreamableFile> {
    return fileAnswer(await this.readFile.run(actor, { documentId: id, fileId, versionId: version }));
  }

  @Post(':id/submit')
  @HttpCode(200)
  @RequirePolicy('document.edit')
  @ApiOperation({
    summary: 'Freezes "dự thảo lần n" and opens its review; says what of its form to look at.',
  })
  submit(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @IfMatchVersion() version: number | undefined,
  ): Promise<SubmittedDocument> {
    return this.submitDocument.run(actor, id, version);
  }

  @Post(':id/initial')
  @HttpCode(200)
  @RequirePolicy('document.review')
  @ApiOperation({ summary: 'Ký nháy of the reviewer whose turn it is.' })
  initial(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @Body() { comment }: InitialBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<DocumentSummary> {
    return this.initialDraft.run(actor, id, comment ?? null, version);
  }

  @Post(':id/return')
  @HttpCode(200)
  @RequirePolicy('document.review')
  @ApiOperation({ summary: 'Sends the draft back with a reason, up to the number.' })
  return(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @Body() { reason }: ReasonBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<DocumentSummary> {
    return this.returnDocument.run(actor, id, reason, version);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @RequirePolicy('document.approve')
  @ApiOperation({ summary: 'Agrees to the reviewed draft and fixes its marks.' })
  approve(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @IfMatchVersion() version: number | undefined,
  ): Promise<DocumentSummary> {
    return this.approveDocument.run(actor, id, version);
  }

  @Post(':id/number')
  @HttpCode(200)
  @RequirePolicy('document.number')
  @ApiOperation({ summary: 'Cấp số: number, date and register entry.' })
  number(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @IfMatchVersion() version: number | undefined,
  ): Promise<DocumentSummary> {
    return this.numberDocument.run(actor, id, version);
  }

  @Post(':id/issue')
  @HttpCode(200)
  @RequirePolicy('document.issue')
  @ApiOperation({ summary: 'Phát hành: the bytes are final and go to every recipient.' })
  issue(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @IfMatchVersion() version: number | undefined,
  ): Promise<DocumentSummary> {
    return this.issueDocument.run(actor, id, version);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @RequirePolicy('document.cancel')
  @ApiOperation({
    summary: 'Ends a document before its issue; a number already given is kept with the reason.',
  })
  cancel(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: DocumentPath,
    @Body() { reason }: ReasonBody,
    @IfMatchVersion() version: number | undefined,
  ): Promise<DocumentSummary> {
    return this.cancelDocument.run(actor, id, reason, version);
  }
}
