import { Injectable } from '@nestjs/common';

import { AuditTrail } from '#audit';
import { blocs } from '#directory';
import type { Page, PersonActor } from '#platform';
import { UnitOfWork } from '#platform';

import { documentTypesOf } from '../../rules/document-types';
import { otherPaperType, otherPaperTypeName } from '../../rules/envelope-marks';

/** What a paper may be entered as. */
export interface PaperType {
  readonly code: string;
  readonly name: string;
  readonly en: string;
}

/** What a paper may be entered as: the types of every bloc, each code once, by their Vietnamese names; any other last. */
@Injectable()
export class ListPaperTypes {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
  ) {}

  run(actor: PersonActor): Promise<Page<PaperType>> {
    const items = paperTypes();
    return this.unitOfWork.run(actor, async (tx) => {
      await this.audit.record(
        actor,
        {
          action: 'directory.read',
          outcome: 'success',
          details: { list: 'paper types', types: items.length },
        },
        { within: tx },
      );
      return { items, next: null };
    });
  }
}

function paperTypes(): readonly PaperType[] {
  const byCode = new Map(
    blocs.flatMap(documentTypesOf).map(({ code, name, en }) => [code, { code, name, en }] as const),
  );
  const byName = new Intl.Collator('vi');
  return [
    ...[...byCode.values()].toSorted((a, b) => byName.compare(a.name, b.name)),
    { code: otherPaperType, ...otherPaperTypeName },
  ];
}
