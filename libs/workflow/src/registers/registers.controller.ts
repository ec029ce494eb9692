import type { StreamableFile } from '@nestjs/common';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { Count, CurrentPerson, DateOnly, Id, OneOf, PageQuery, RequirePolicy } from '#platform';

import type { ExportFormat } from './export-register';
import { exportFormats, ExportRegister } from './export-register';
import { ReadRegister } from './read-register';
import type { RegisterItem, RegisterName } from './register';
import { registerNames } from './register';

export class RegisterPath {
  @OneOf(registerNames)
  readonly name: RegisterName;
}

export class RegisterQuery extends PageQuery {
  @Count({ optional: true, min: 1945, max: 9998, description: 'The present year unless days are given.' })
  readonly year?: number;

  @DateOnly({ optional: true, description: 'First day.' })
  readonly from?: string;

  @DateOnly({ optional: true, description: 'Last day.' })
  readonly to?: string;

  @Id({ optional: true, description: 'Issuing body; of the outgoing register.' })
  readonly body?: string;

  @Id({ optional: true, description: 'Series of numbers; of the outgoing register.' })
  readonly series?: string;
}

export class RegisterExportQuery extends RegisterQuery {
  @OneOf(exportFormats)
  readonly format: ExportFormat;
}

@ApiTags('registers')
@Controller('api/v1/registers')
export class RegistersController {
  constructor(
    private readonly readRegister: ReadRegister,
    private readonly exportRegister: ExportRegister,
  ) {}

  @Get(':name')
  @RequirePolicy('register.read')
  @ApiOperation({ summary: 'A register of the own agency, every gap in its numbers explained.' })
  read(
    @CurrentPerson() actor: PersonActor,
    @Param() { name }: RegisterPath,
    @Query() query: RegisterQuery,
  ): Promise<Page<RegisterItem>> {
    return this.readRegister.run(actor, name, query);
  }

  @Get(':name/export')
  @RequirePolicy('register.read')
  @ApiProduces(
    'application/pdf',
    'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  )
  @ApiOperation({ summary: 'A register as it is printed (PDF), or for a spreadsheet.' })
  export(
    @CurrentPerson() actor: PersonActor,
    @Param() { name }: RegisterPath,
    @Query() query: RegisterExportQuery,
  ): Promise<StreamableFile> {
    return this.exportRegister.run(actor, name, query);
  }
}
