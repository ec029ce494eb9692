import { DateOnly, Id, ListOf, ObjectOf, Text } from '#platform';

export class IncomingPath {
  @Id()
  readonly id: string;
}

export class SubmitIncomingBody {
  @Id({ description: 'The leader it is laid before.' })
  readonly leaderPersonId: string;

  @Text({ optional: true, max: 2000, multiline: true, description: 'None for a top-secret document.' })
  readonly note?: string | null;
}

export class AssigneeBody {
  @Id({ optional: true, description: 'A person of the agency; this or `postId`.' })
  readonly personId?: string | null;

  @Id({ optional: true, description: 'A post that one person holds today.' })
  readonly postId?: string | null;
}

export class InstructIncomingBody {
  @Text({
    optional: true,
    max: 2000,
    multiline: true,
    description: 'Bút phê; required but for a top-secret document, which has none.',
  })
  readonly text?: string | null;

  @ObjectOf(() => AssigneeBody, { description: 'Chủ trì.' })
  readonly lead: AssigneeBody;

  @ListOf(() => AssigneeBody, { max: 50, description: 'Phối hợp.' })
  readonly support: readonly AssigneeBody[];

  @ListOf(() => AssigneeBody, { max: 200, description: 'Để biết.' })
  readonly inform: readonly AssigneeBody[];

  @DateOnly({ optional: true, description: 'Hạn xử lý, a day in Viet Nam.' })
  readonly due?: string | null;

  @Id({ optional: true, description: 'The instruction in force, where this one replaces it.' })
  readonly replaces?: string | null;
}

export class HandlingReasonBody {
  @Text({
    optional: true,
    min: 3,
    max: 2000,
    multiline: true,
    description: 'Why; required but for a top-secret document, which has none.',
  })
  readonly reason?: string | null;
}

export class CompleteHandlingBody {
  @Text({
    optional: true,
    max: 2000,
    multiline: true,
    description: 'What came of it; required but for a top-secret document, which has none.',
  })
  readonly result?: string | null;

  @Id({ optional: true, description: 'A document of the own agency that answers it.' })
  readonly replyDocumentId?: string | null;
}
