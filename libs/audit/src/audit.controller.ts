import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Message, Page } from '#platform';
import { Count, CurrentActor, Id, OneOf, PageQuery, problem, RequirePolicy, Text } from '#platform';
import type { AuditAction } from './actions';
import { auditActions } from './actions';
import type { FoundEntry } from './find-entries';
import type { AuditQuery } from './find-entries';
import { FindEntries } from './find-entries';
import type { AuditOutcome } from './audit-event';
import { auditOutcomes } from './audit-event';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

export class FindEntriesQuery extends PageQuery {
  @Id({ optional: true, description: 'Entries about this document.' })
  readonly documentId?: string;

  @Id({ optional: true, description: 'Entries of this person.' })
  readonly personId?: string;

  @OneOf(auditActions, { optional: true })
  readonly action?: AuditAction;

  @OneOf(auditOutcomes, { optional: true })
  readonly outcome?: AuditOutcome;

  @Id({ optional: true, description: 'Entries of this agency; another than the own needs a mandate.' })
  readonly agencyId?: string;

  @Id({ optional: true, description: 'The open mandate on which the search stands.' })
  readonly mandateId?: string;

  @Text({
    optional: true,
    max: 40,
    pattern: instant,
    description: 'From this instant (inclusive), ISO 8601.',
  })
  readonly from?: string;

  @Text({ optional: true, max: 40, pattern: instant, description: 'To this instant (exclusive), ISO 8601.' })
  readonly to?: string;

  @Count({ optional: true, min: 1, max: 200 })
  readonly limit?: number;
}

@ApiTags('audit')
@Controller('api/v1/audit/entries')
export class AuditController {
  constructor(private readonly entries: FindEntries) {}

  @Get()
  @RequirePolicy('audit.read')
  @ApiOperation({ summary: 'Searches the audit trail, newest first; the search is itself recorded.' })
  find(@CurrentActor() actor: Actor, @Query() query: FindEntriesQuery): Promise<Page<FoundEntry>> {
    return this.entries.find(actor, auditQueryOf(query));
  }
}

/** The query of a request as the search takes it. @throws ProblemError VALIDATION_FAILED for a day that is none */
export function auditQueryOf({ from, to, ...rest }: FindEntriesQuery): AuditQuery {
  return {
    ...rest,
    ...(from !== undefined && { from: instantOf('from', from) }),
    ...(to !== undefined && { to: instantOf('to', to) }),
  };
}

const noInstant: Message = {
  vi: 'Phải là thời điểm có thật, dạng ISO 8601, ví dụ 2026-11-21T07:00:00Z.',
  en: 'Must be an instant that exists, in ISO 8601, e.g. 2026-11-21T07:00:00Z.',
};

/** The pattern admits the 31st of February, the 99th hour and the year 0, which calendar and database do not. */
function instantOf(field: string, text: string): Date {
  const time = new Date(text);
  const [day = ''] = text.split('T');
  const isDay = !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
  const year = time.getUTCFullYear();
  if (!isDay || !(year >= 1 && year <= 9999)) {
    throw problem('VALIDATION_FAILED', { errors: [{ field, code: 'NOT_AN_INSTANT', ...noInstant }] });
  }
  return time;
}
