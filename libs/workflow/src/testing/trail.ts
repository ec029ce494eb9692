import type { EntryV1 } from '#audit';
import { FindEntries } from '#audit';
import { aSystem } from '#platform/testing';

import type { TestOffice } from './test-office';

/** Entries of the trail about a document, oldest first. */
export async function trailOf(office: TestOffice, documentId: string): Promise<readonly EntryV1[]> {
  const { items } = await office.app
    .get(FindEntries, { strict: false })
    .find(aSystem(), { documentId, limit: 200 });
  return items.map(({ entry }) => entry).toReversed();
}

/** `action outcome` of each, e.g. `document.issued success`. */
export async function actionsOf(office: TestOffice, documentId: string): Promise<readonly string[]> {
  return (await trailOf(office, documentId)).map(({ action, outcome }) => `${action} ${outcome}`);
}
