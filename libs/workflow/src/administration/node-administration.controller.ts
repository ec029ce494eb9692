import { Body, Controller, Get, HttpCode, Param, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import {
  ApiBody,
  ApiConsumes,
  ApiNoContentResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import type { CertificateUse } from '#directory';
import { certificateUses } from '#directory';
import type { PersonActor } from '#platform';
import { CurrentPerson, Id, OneOf, RequirePolicy, Secret, Text } from '#platform';

import { WorkflowError } from '../errors';
import { ImportCertificate } from './import-certificate';
import { ImportKey } from './import-key';
import type { NodeHealth } from './show-health';
import { ShowHealth } from './show-health';

const ownerKinds = ['agency', 'person'] as const;
const keyUses = ['signing', 'evidence'] as const;

export class CertificateBody {
  @OneOf(ownerKinds)
  readonly ownerKind: (typeof ownerKinds)[number];

  @Id()
  readonly ownerId: string;

  @OneOf(certificateUses)
  readonly use: CertificateUse;

  // Files of this kind end with a line break, which plain text may not.
  @ApiProperty({ maxLength: 20_000, description: 'One certificate: PEM, or base64 of its DER.' })
  @IsString()
  @MaxLength(20_000)
  readonly certificate: string;
}

export class CertificatePath {
  @Id()
  readonly id: string;
}

export class WithdrawBody {
  @Text({ min: 3, max: 500 })
  readonly reason: string;
}

export class KeyBody {
  @OneOf(ownerKinds)
  readonly ownerKind: (typeof ownerKinds)[number];

  @Id()
  readonly ownerId: string;

  @OneOf(keyUses)
  readonly use: (typeof keyUses)[number];

  @Secret({ max: 200, description: 'Of the file.' })
  readonly password: string;

  @Secret({ optional: true, max: 64, description: 'New; under which the key is kept here.' })
  readonly pin?: string;
}

/** Key files hold one key and a few certificates. */
const limits = { fileSize: 64 * 1024, files: 1, fields: 6, fieldSize: 1024, fieldNameSize: 50, parts: 8 };

@ApiTags('administration')
@Controller('api/v1/admin')
export class NodeAdministrationController {
  constructor(
    private readonly certificates: ImportCertificate,
    private readonly keys: ImportKey,
    private readonly health: ShowHealth,
  ) {}

  @Post('certificates')
  @RequirePolicy('directory.administer')
  @ApiOperation({ summary: 'Enters a certificate that is good today and belongs to its holder.' })
  enter(@CurrentPerson() by: PersonActor, @Body() body: CertificateBody): Promise<{ readonly id: string }> {
    const owner = { kind: body.ownerKind, id: body.ownerId };
    return this.certificates.run(by, { owner, use: body.use, text: body.certificate });
  }

  @Post('certificates/:id/withdraw')
  @HttpCode(204)
  @RequirePolicy('directory.administer')
  @ApiOperation({ summary: 'Takes a certificate, and its key on this node, out of use.' })
  @ApiNoContentResponse()
  withdraw(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: CertificatePath,
    @Body() { reason }: WithdrawBody,
  ): Promise<void> {
    return this.certificates.withdraw(by, id, reason);
  }

  @Post('keys')
  @RequirePolicy('key.import')
  @UseInterceptors(FileInterceptor('file', { limits }))
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: KeyBody })
  @ApiOperation({ summary: 'Puts the key of a PKCS #12 file (field `file`) into the vault under a new PIN.' })
  importKey(
    @CurrentPerson() by: PersonActor,
    @Body() { ownerKind, ownerId, use, password, pin }: KeyBody,
    @UploadedFile() file?: { readonly buffer: Uint8Array },
  ): Promise<{ readonly id: string; readonly certificateId: string }> {
    if (!file) throw new WorkflowError('KEY_FILE_MISSING');
    const owner = { kind: ownerKind, id: ownerId };
    return this.keys.run(by, { owner, use, file: file.buffer, password, ...(pin !== undefined && { pin }) });
  }

  @Get('health')
  @RequirePolicy('node.read')
  @ApiOperation({ summary: 'Nodes, queues, last backup, time-stamps and revocation lists.' })
  show(@CurrentPerson() by: PersonActor): Promise<NodeHealth> {
    return this.health.run(by);
  }
}
