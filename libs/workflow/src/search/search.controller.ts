import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { Count, CurrentPerson, DateOnly, Id, OneOf, PageQuery, RequirePolicy, Text } from '#platform';

import type { FoundDocument } from './find-documents';
import { FindDocuments } from './find-documents';
import type { InspectedDocument } from './find-inspected-documents';
import { FindInspectedDocuments } from './find-inspected-documents';
import type { SearchKind } from './search-entry';
import { searchKinds } from './search-entry';

export class SearchQuery extends PageQuery {
  @Text({
    optional: true,
    max: 200,
    description:
      'Words of abstract, symbol, type or names, with or without marks; the last may be unfinished.',
  })
  readonly q?: string;

  @OneOf([...searchKinds, 'all'], { optional: true })
  readonly kind?: SearchKind | 'all';

  @Text({ optional: true, max: 200, description: 'Words of the name of a sender or recipient.' })
  readonly agency?: string;

  @Text({ optional: true, max: 20, pattern: /^[A-Z]+$/, description: 'Code of a document type.' })
  readonly type?: string;

  @DateOnly({ optional: true, description: 'First day of number or arrival.' })
  readonly from?: string;

  @DateOnly({ optional: true, description: 'Last day of number or arrival.' })
  readonly to?: string;

  @Count({ optional: true, min: 1, max: 999_999_999, description: 'Number of the document, or số đến.' })
  readonly number?: number;

  @Text({ optional: true, max: 60, description: 'Parts of the symbol: `QĐ-UBND`.' })
  readonly symbol?: string;
}

@ApiTags('search')
@Controller('api/v1/search')
export class SearchController {
  constructor(private readonly findDocuments: FindDocuments) {}

  @Get()
  @RequirePolicy('document.search')
  @ApiOperation({ summary: 'Finds in the registers of the own agency, the newest first.' })
  find(@CurrentPerson() actor: PersonActor, @Query() query: SearchQuery): Promise<Page<FoundDocument>> {
    return this.findDocuments.run(actor, query);
  }
}

export class InspectedDocumentsQuery {
  @Text({ optional: true, max: 60, description: 'Beginning of the number and symbol; case does not matter.' })
  readonly symbol?: string;

  @Id({ optional: true, description: 'By which the trail has the document.' })
  readonly id?: string;

  @Id({ optional: true })
  readonly mandateId?: string;

  @Id({ optional: true })
  readonly agencyId?: string;
}

@ApiTags('audit')
@Controller('api/v1/audit/documents')
export class InspectedDocumentsController {
  constructor(private readonly findDocuments: FindInspectedDocuments) {}

  @Get()
  @RequirePolicy('audit.read')
  @ApiOperation({
    summary: 'At most 20 documents of the inspected agencies by number and symbol; no content.',
  })
  find(
    @CurrentPerson() actor: PersonActor,
    @Query() query: InspectedDocumentsQuery,
  ): Promise<Page<InspectedDocument>> {
    return this.findDocuments.run(actor, query);
  }
}
