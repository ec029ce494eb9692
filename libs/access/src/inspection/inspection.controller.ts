import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { auditQueryOf, FindEntriesQuery } from '#audit';
import type { Page, PersonActor } from '#platform';
import { CurrentPerson, DateOnly, Id, IdList, OneOf, PageQuery, RequirePolicy, Text } from '#platform';
import type { Response } from 'express';
import { ExportEntries } from './export-entries';
import type { FlagAnswer } from './find-flags';
import { FindFlags } from './find-flags';
import type { InspectedPerson } from './inspected-people';
import { InspectedPeople } from './inspected-people';
import type { MandateView } from './mandates';
import { Mandates } from './mandates';
import type { HistoryEntry } from './history-entry';
import { ReadHistory } from './read-history';
import type { Readers } from './read-readers';
import { ReadReaders } from './read-readers';

export class InspectedDocument {
  @Id()
  readonly id: string;
}

export class InspectedPeopleQuery extends PageQuery {
  @Text({
    optional: true,
    max: 100,
    description: 'Beginnings of words of the name; marks and case do not matter.',
    example: 'nguyen anh',
  })
  readonly query?: string;

  @Id({ optional: true })
  readonly mandateId?: string;

  @Id({ optional: true })
  readonly agencyId?: string;
}

export class MandatesQuery extends PageQuery {
  @OneOf(['all', 'mine'], {
    optional: true,
    description: 'Mine: those in force on whose team one is. All unless told.',
  })
  readonly view?: 'all' | 'mine';
}

export class HistoryQueryDto extends PageQuery {
  @Id({ optional: true })
  readonly mandateId?: string;

  @Id({ optional: true })
  readonly agencyId?: string;
}

export class ExportQuery extends FindEntriesQuery {
  @OneOf(['jsonl', 'html'], { optional: true, description: 'JSON lines unless told.' })
  readonly format?: 'jsonl' | 'html';
}

export class MandateBody {
  @Text({ min: 3, max: 100, description: 'Number and symbol of the decision.', example: '45-QĐ/UBKTTU' })
  readonly decision: string;

  @Text({ min: 3, max: 500 })
  readonly subject: string;

  @IdList({ min: 1, max: 200, unique: true, description: 'Inspected agencies.' })
  readonly agencyIds: readonly string[];

  @DateOnly({ description: 'Of which time the trail may be read: the first day …' })
  readonly periodFrom: string;

  @DateOnly({ description: '… and the last.' })
  readonly periodTo: string;

  @IdList({ min: 1, max: 50, unique: true, description: 'Inspectors of the commission.' })
  readonly team: readonly string[];

  @DateOnly({ description: 'The day on which the mandate opens by itself; today at the earliest.' })
  readonly opensOn: string;

  @DateOnly({ description: 'Its last day; within 366 days.' })
  readonly expiresOn: string;
}

export class CloseMandateBody {
  @Text({ min: 3, max: 500 })
  readonly reason: string;
}

@ApiTags('audit')
@Controller('api/v1')
export class InspectionController {
  constructor(
    private readonly history: ReadHistory,
    private readonly readersOf: ReadReaders,
    private readonly people: InspectedPeople,
    private readonly flags: FindFlags,
    private readonly exporting: ExportEntries,
    private readonly mandates: Mandates,
  ) {}

  @Get('audit/history')
  @RequirePolicy('audit.read')
  @ApiOperation({
    summary: 'Searches the audit trail like `audit/entries`, answering names for people to read.',
  })
  search(@CurrentPerson() by: PersonActor, @Query() query: FindEntriesQuery): Promise<Page<HistoryEntry>> {
    return this.history.search(by, auditQueryOf(query));
  }

  @Get('audit/people')
  @RequirePolicy('audit.read')
  @ApiOperation({ summary: 'People of the agencies whose trail may be read, also those who have left.' })
  findPeople(
    @CurrentPerson() by: PersonActor,
    @Query() { query: words, ...query }: InspectedPeopleQuery,
  ): Promise<Page<InspectedPerson>> {
    return this.people.find(by, { ...query, ...(words !== undefined && { words }) });
  }

  @Get('audit/documents/:id/timeline')
  @RequirePolicy('audit.read')
  @ApiOperation({ summary: 'All that the trail has about a document, oldest first, with names.' })
  timeline(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: InspectedDocument,
    @Query() query: HistoryQueryDto,
  ): Promise<Page<HistoryEntry>> {
    return this.history.timeline(by, id, query);
  }

  @Get('audit/documents/:id/readers')
  @RequirePolicy('audit.read')
  @ApiOperation({ summary: 'Who has opened a document, and who could have by office and role.' })
  readers(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: InspectedDocument,
    @Query() { mandateId, agencyId }: HistoryQueryDto,
  ): Promise<Readers> {
    return this.readersOf.run(by, id, {
      ...(mandateId !== undefined && { mandateId }),
      ...(agencyId !== undefined && { agencyId }),
    });
  }

  @Get('audit/flags')
  @RequirePolicy('audit.read')
  @ApiOperation({ summary: 'What the rules find within 31 days at most; with the rules.' })
  findFlags(@CurrentPerson() by: PersonActor, @Query() query: FindEntriesQuery): Promise<FlagAnswer> {
    return this.flags.find(by, auditQueryOf(query));
  }

  @Get('audit/export')
  @RequirePolicy('audit.read')
  @ApiOperation({ summary: 'At most 10,000 entries as signed JSON lines, or as a page to print.' })
  @ApiProduces('application/x-ndjson', 'text/html')
  async export(
    @CurrentPerson() by: PersonActor,
    @Query() { format, ...query }: ExportQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const file = await this.exporting.run(by, auditQueryOf(query), format ?? 'jsonl');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const disposition = `attachment; filename="${file.name}"`;
    return new StreamableFile(file.bytes, { type: file.type, disposition, length: file.bytes.length });
  }

  @Get('mandates')
  @RequirePolicy('mandate.read')
  @ApiOperation({ summary: 'Mandates of the own commission, newest first.' })
  listMandates(@CurrentPerson() by: PersonActor, @Query() query: MandatesQuery): Promise<Page<MandateView>> {
    return this.mandates.list(by, query);
  }

  @Post('mandates')
  @RequirePolicy('mandate.enter')
  @ApiOperation({ summary: 'A leader of the commission enters a decision to inspect.' })
  enterMandate(@CurrentPerson() by: PersonActor, @Body() body: MandateBody): Promise<MandateView> {
    return this.mandates.enter(by, body);
  }

  @Post('mandates/:id/confirm')
  @HttpCode(200)
  @RequirePolicy('mandate.enter')
  @ApiOperation({ summary: 'Another leader confirms it; then it opens on its day by itself.' })
  confirmMandate(@CurrentPerson() by: PersonActor, @Param() { id }: InspectedDocument): Promise<MandateView> {
    return this.mandates.confirm(by, id);
  }

  @Post('mandates/:id/close')
  @HttpCode(200)
  @RequirePolicy('mandate.enter')
  @ApiOperation({ summary: 'Closes a mandate before its time is over.' })
  closeMandate(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: InspectedDocument,
    @Body() { reason }: CloseMandateBody,
  ): Promise<MandateView> {
    return this.mandates.close(by, id, reason);
  }
}
