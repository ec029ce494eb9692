import { Injectable } from '@nestjs/common';
import type { AuditQuery, FoundEntry, WantedScope } from '#audit';
import { FindEntries } from '#audit';
import type { Page, PersonActor } from '#platform';
import { UnitOfWork } from '#platform';
import type { HistoryEntry } from './history-entry';
import { historyEntryOf, idsToName } from './history-entry';
import { TrailNames } from './trail-names';

/** The trail with names, as far as the inspector's scope goes. */
@Injectable()
export class ReadHistory {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly entries: FindEntries,
    private readonly names: TrailNames,
  ) {}

  /** Newest first. @throws AuditError `MANDATE_NEEDED`, `MANDATE_NOT_OPEN`; ProblemError VALIDATION_FAILED */
  async search(person: PersonActor, query: AuditQuery): Promise<Page<HistoryEntry>> {
    return this.named(person, await this.entries.find(person, query));
  }

  /** One document's life, oldest first. @throws as `search` */
  async timeline(
    person: PersonActor,
    documentId: string,
    query: WantedScope & { readonly cursor?: string },
  ): Promise<Page<HistoryEntry>> {
    const asked = { ...query, documentId, limit: 200 };
    return this.named(person, await this.entries.find(person, asked, { order: 'oldest', view: 'timeline' }));
  }

  private async named(person: PersonActor, { items, next }: Page<FoundEntry>): Promise<Page<HistoryEntry>> {
    const wanted = idsToName(items.map(({ entry }) => entry));
    const names = await this.unitOfWork.run(person, (tx) => this.names.of(tx, wanted));
    return { items: items.map((found) => historyEntryOf(found, names)), next };
  }
}
