import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { PersonActor } from '#platform';
import { UnitOfWork } from '#platform';

import type { NamedRecipient } from './named-recipients';
import { NameRecipients } from './named-recipients';
import type { GivenPaperRecipient } from './recipient';
import { givenRecipients, recipientsOf } from './recipient';

export interface LastRecipients {
  /** The document they are taken from; null when the body has issued none of this type. */
  readonly documentId: string | null;
  readonly symbol: string | null;
  readonly recipients: readonly NamedRecipient[];
  readonly paperRecipients: readonly GivenPaperRecipient[];
}

/** "Như lần trước": who got the body's last issued document of a type. */
@Injectable()
export class FindLastRecipients {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly names: NameRecipients,
    private readonly audit: AuditTrail,
  ) {}

  run(
    actor: PersonActor,
    { bodyId, typeCode }: { readonly bodyId: string; readonly typeCode: string },
  ): Promise<LastRecipients> {
    return this.unitOfWork.run(actor, async (tx) => {
      const [last] = await tx.query<{ id: string; symbol: string }>(
        `SELECT id, symbol FROM workflow.document
         WHERE agency_id = $1 AND body_id = $2 AND type_code = $3 AND state = 'ISSUED'
         ORDER BY issued_at DESC, id DESC LIMIT 1`,
        [actor.agencyId, bodyId, typeCode],
      );
      await this.audit.record(
        actor,
        {
          action: 'document.read',
          outcome: 'success',
          ...(last && { documentId: last.id }),
          details: { part: 'recipients', body: bodyId, type: typeCode },
        },
        { within: tx },
      );
      const { recipients, paperRecipients } = givenRecipients(
        last === undefined ? [] : await recipientsOf(tx, last.id),
      );
      return {
        documentId: last?.id ?? null,
        symbol: last?.symbol ?? null,
        recipients: await this.names.run(tx, recipients),
        paperRecipients,
      };
    });
  }
}
