import { Module } from '@nestjs/common';
import { PlatformModule, REFUSAL_RECORDER, REPLAY_RECORDER } from '#platform';
import { AuditTrail } from './audit-trail';
import { AuditController } from './audit.controller';
import { FindEntries } from './find-entries';
import { RecordRefusal } from './record-refusal';
import { RecordReplay } from './record-replay';
import { TrailScopes } from './trail-scope';

/** The audit trail: the single door to write it, the search, and the ports by which refusals and repeated answers reach it. */
@Module({
  imports: [PlatformModule],
  controllers: [AuditController],
  providers: [
    AuditTrail,
    TrailScopes,
    FindEntries,
    { provide: REFUSAL_RECORDER, useClass: RecordRefusal },
    { provide: REPLAY_RECORDER, useClass: RecordReplay },
  ],
  exports: [AuditTrail, TrailScopes, FindEntries, REFUSAL_RECORDER, REPLAY_RECORDER],
})
export class AuditModule {}
