import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import type { Page, PersonActor } from '#platform';
import { CurrentPerson, PageQuery, RequirePolicy } from '#platform';

import type { EvidenceChain } from '../evidence/evidence-chain';
import { ExportEvidence } from '../evidence/export-evidence';
import type { DeliveryStatus } from './find-deliveries';
import { FindDeliveries } from './find-deliveries';

@ApiTags('deliveries')
@Controller('api/v1/documents/:id')
export class DeliveriesController {
  constructor(
    private readonly findDeliveries: FindDeliveries,
    private readonly exportEvidence: ExportEvidence,
  ) {}

  @Get('deliveries')
  @RequirePolicy('document.read')
  @ApiOperation({ summary: 'Where the document stands at each recipient.' })
  deliveries(
    @CurrentPerson() actor: PersonActor,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<Page<DeliveryStatus>> {
    return this.findDeliveries.run(actor, id, query);
  }

  @Get('evidence')
  @RequirePolicy('evidence.read')
  @ApiOperation({ summary: 'All signed evidence of the document in one file that proves itself offline.' })
  evidence(@CurrentPerson() actor: PersonActor, @Param('id') id: string): Promise<EvidenceChain> {
    return this.exportEvidence.run(actor, id);
  }
}
