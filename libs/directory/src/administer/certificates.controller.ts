import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { Count, CurrentPerson, Id, PageQuery, RequirePolicy } from '#platform';
import type { AdministeredCertificate, ForecastMonth } from './administered-certificates';
import { AdministeredCertificates } from './administered-certificates';

export class CertificatesQuery extends PageQuery {
  @Id({ optional: true })
  readonly agencyId?: string;

  @Count({ optional: true, max: 3650, description: 'Active ones that end within so many days.' })
  readonly expiring?: number;
}

@ApiTags('administration')
@Controller('api/v1/admin/certificates')
export class CertificatesController {
  constructor(private readonly certificates: AdministeredCertificates) {}

  @Get()
  @RequirePolicy('directory.administer')
  @ApiOperation({ summary: 'Certificates of administered agencies and their people, those that end first.' })
  list(
    @CurrentPerson() by: PersonActor,
    @Query() query: CertificatesQuery,
  ): Promise<Page<AdministeredCertificate>> {
    return this.certificates.list(by, query);
  }

  @Get('forecast')
  @RequirePolicy('directory.administer')
  @ApiOperation({ summary: 'Month by month: which leaders and agencies cannot sign after which day.' })
  forecast(@CurrentPerson() by: PersonActor): Promise<Page<ForecastMonth>> {
    return this.certificates.forecast(by);
  }
}
