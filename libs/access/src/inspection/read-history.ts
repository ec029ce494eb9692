import { Injectable } from '@nestjs/common';
import type { WantedScope } from '#audit';
import { FindEntries } from '#audit';
import type { Page, PersonActor } from '#platform';
import { UnitOfWork } from '#platform';
import type { HistoryEntry } from './history-entry';
import { historyEntryOf, idsToName } from './history-entry';
import { TrailNames } from './trail-names';

/** One document's life in the trail, as far as the inspector's scope goes. */
@Injectable()
export class ReadHistory {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly entries: FindEntries,
    private readonly names: TrailNames,
  ) {}

  /** Oldest first. @throws AuditError `MANDATE_NEEDED`, `MANDATE_NOT_OPEN`; ProblemError VALIDATION_FAILED */
  async timeline(
    person: PersonActor,
    documentId: string,
    query: WantedScope & { readonly cursor?: string },
  ): Promise<Page<HistoryEntry>> {
    const { items, next } = await this.entries.find(
      person,
      { ...query, documentId, limit: 200 },
      { order: 'oldest', view: 'timeline' },
    );
    const wanted = idsToName(items.map(({ entry }) => entry));
    const names = await this.unitOfWork.run(person, (tx) => this.names.of(tx, wanted));
    return { items: items.map((found) => historyEntryOf(found, names)), next };
  }
}
