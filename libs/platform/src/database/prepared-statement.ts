import { createHash } from 'node:crypto';

/** A statement as pg's client takes it; with a name, PostgreSQL keeps its plan for the connection. */
export interface PreparedStatement {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

/** The part of pg's client that runs statements. */
export interface StatementClient {
  query(
    statement: string | PreparedStatement,
  ): Promise<{ readonly rows: unknown[]; readonly rowCount: number | null; readonly command: string }>;
}

/** Texts are written in the code, so there are some hundreds; text made at run time must not fill the server. */
const mostNames = 2_000;
const names = new Map<string, string>();

/**
 * Planning a statement costs PostgreSQL more than running it once: every text gets a name of its own and is planned
 * once per connection.
 */
export function preparedStatement(text: string, values: readonly unknown[]): PreparedStatement {
  const name = nameOf(text);
  return { ...(name === undefined ? {} : { name }), text, values: [...values] };
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNames) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  names.set(text, name);
  return name;
}
