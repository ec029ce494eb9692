import { readdir } from 'node:fs/promises';
import type { EntryV1 } from '#audit';
import { Config, ProblemRegistry } from '#platform';
import type { Reply } from './caller';
import type { TestNode } from './test-node';
import { entriesOfRequest } from './trail';

/** What a refusal must not change: rows of every table that holds documents, and the stored files. */
export type Stock = Readonly<Record<string, number>>;

export async function stockOf(node: TestNode): Promise<Stock> {
  const tables = await node.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('workflow', 'directory') AND c.relkind IN ('r', 'p') ORDER BY 1`,
  );
  const counts = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await node.query<{ n: number }>(`SELECT count(*)::integer AS n FROM ${name}`);
      return [name, row?.n ?? -1] as const;
    }),
  );
  return {
    ...Object.fromEntries(counts),
    blobs: await filesBelow(node.app.get(Config, { strict: false }).blobs),
  };
}

async function filesBelow(folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((entry) => entry.isFile()).length;
}

interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: { readonly vi: string; readonly en: string };
  readonly errors: readonly { readonly field: string; readonly vi: string; readonly en: string }[];
  readonly requestId: string;
}

/**
 * A refusal is complete: status and stable code, both languages as in the catalogue, a link to the page that explains
 * it, and exactly one entry in the trail that says so. Answers body and entry for further questions.
 */
export async function expectRefusal(
  node: TestNode,
  reply: Reply,
  outcome: string,
): Promise<{ readonly body: ProblemBody; readonly entry: EntryV1 }> {
  expect([reply.outcome, reply.body]).toEqual([outcome, expect.anything()]);
  const [status = '', code = ''] = outcome.split(' ');
  const known = node.app.get(ProblemRegistry, { strict: false }).find(code);
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  expect(reply.body).toMatchObject({
    type: `/docs/errors.md#${code}`,
    status: Number(status),
    code,
    detail: { vi: known?.vi, en: known?.en },
    requestId: reply.requestId,
  });
  const refusals = (await entriesOfRequest(node, reply.requestId)).filter(
    (entry) => entry.outcome !== 'success',
  );
  expect(refusals).toMatchObject([{ code }]);
  return { body: reply.body as ProblemBody, entry: refusals[0]! };
}

/** Runs what must be refused, and checks that no row and no file came or went. */
export async function storingNothing<T>(node: TestNode, work: () => Promise<T>): Promise<T> {
  const before = await stockOf(node);
  const result = await work();
  expect(await stockOf(node)).toEqual(before);
  return result;
}
