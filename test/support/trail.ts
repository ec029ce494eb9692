import type { EntryV1 } from '#audit';
import type { TestNode } from './test-node';

/** Entries of the trail that one request left, oldest first. */
export function entriesOfRequest(node: TestNode, requestId: string): Promise<readonly EntryV1[]> {
  return entriesWhere(node, `convert_from(bytes, 'UTF8')::jsonb #>> '{actor,request}' = $1`, requestId);
}

export function entriesOfDocument(node: TestNode, documentId: string): Promise<readonly EntryV1[]> {
  return entriesWhere(node, 'document_id = $1', documentId);
}

export function entriesOfAction(node: TestNode, action: EntryV1['action']): Promise<readonly EntryV1[]> {
  return entriesWhere(node, 'action = $1', action);
}

async function entriesWhere(node: TestNode, condition: string, value: string): Promise<readonly EntryV1[]> {
  const rows = await node.query<{ entry: EntryV1 }>(
    `SELECT convert_from(bytes, 'UTF8')::jsonb AS entry FROM audit.entry WHERE ${condition} ORDER BY seq`,
    [value],
  );
  return rows.map(({ entry }) => entry);
}
