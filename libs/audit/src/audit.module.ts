import { Module } from '@nestjs/common';
import { PlatformModule, REFUSAL_RECORDER } from '#platform';
import { AuditTrail } from './audit-trail';
import { AuditController } from './audit.controller';
import { FindEntries } from './find-entries';
import { RecordRefusal } from './record-refusal';

/** The audit trail: the single door to write it, the search, and the port by which refusals reach it. */
@Module({
  imports: [PlatformModule],
  controllers: [AuditController],
  providers: [AuditTrail, FindEntries, { provide: REFUSAL_RECORDER, useClass: RecordRefusal }],
  exports: [AuditTrail, FindEntries, REFUSAL_RECORDER],
})
export class AuditModule {}
