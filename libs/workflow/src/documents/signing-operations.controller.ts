import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '#platform';
import { CurrentPerson, RequirePolicy } from '#platform';

import { ConfirmSigningBody, PrepareSigningBody, SigningOperationPath } from './document-dtos';
import { ConfirmSigning } from './signing/confirm-signing';
import type { PreparedSigning } from './signing/prepare-signing';
import { PrepareSigning } from './signing/prepare-signing';
import type { SigningOutcome } from './signing/signing-batch';

@ApiTags('signing')
@Controller('api/v1/signing-operations')
export class SigningOperationsController {
  constructor(
    private readonly prepareSigning: PrepareSigning,
    private readonly confirmSigning: ConfirmSigning,
  ) {}

  @Post()
  @RequirePolicy('signing.operate')
  @ApiOperation({ summary: 'Answers exactly what will be signed, for one confirmation within minutes.' })
  prepare(@CurrentPerson() actor: PersonActor, @Body() body: PrepareSigningBody): Promise<PreparedSigning> {
    return this.prepareSigning.run(actor, body.purpose, body.documentIds);
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @RequirePolicy('signing.operate')
  @ApiOperation({
    summary: 'Signs the list under one PIN; each document ends as signed or failed with its code.',
  })
  async confirm(
    @CurrentPerson() actor: PersonActor,
    @Param() { id }: SigningOperationPath,
    @Body() { pin }: ConfirmSigningBody,
  ): Promise<{ readonly items: readonly SigningOutcome[] }> {
    return { items: await this.confirmSigning.run(actor, id, pin) };
  }
}
