import type { AuditTrail } from '#audit';
import { canonicalBytes } from '#translog';
import type { PersonActor, Tx } from '#platform';
import { createHash } from 'node:crypto';
import type { AdministeredTable } from './administered';

type Value = string | number | boolean | null | readonly string[];
export type Fields = Readonly<Record<string, Value | undefined>>;

/** Writes some columns of a row and the next version; names come from the use cases alone. */
export async function updateRow(
  tx: Tx,
  table: AdministeredTable,
  id: string,
  columns: Readonly<Record<string, unknown>>,
): Promise<void> {
  const names = Object.keys(columns);
  const changes = names.map((name, index) => `${name} = $${index + 2}, `).join('');
  await tx.execute(`UPDATE directory.${table} SET ${changes}version = version + 1 WHERE id = $1`, [
    id,
    ...Object.values(columns),
  ]);
}

/** Fields that a request names; one that it leaves out, or sends as null where nothing may be null, stays. */
export function named<Wishes extends object>(
  wishes: Wishes,
): { [Name in keyof Wishes]?: NonNullable<Wishes[Name]> } {
  const given = Object.entries({ ...wishes } as Record<string, unknown>).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return Object.fromEntries(given) as { [Name in keyof Wishes]?: NonNullable<Wishes[Name]> };
}

/**
 * One entry for one change: which row, and each changed field before and after. The directory holds nothing that
 * is secret between agencies; what is (passwords, keys) is not in these rows.
 */
export async function recordChange(
  audit: AuditTrail,
  tx: Tx,
  person: PersonActor,
  change: {
    readonly kind: 'created' | 'changed' | 'ended' | 'withdrawn';
    readonly subject: { readonly type: AdministeredTable; readonly id: string };
    readonly agencyId: string;
    readonly before?: Fields;
    readonly after?: Fields;
    readonly reason?: string | undefined;
  },
): Promise<void> {
  const { kind, subject, agencyId, before, after, reason } = change;
  await audit.record(
    person,
    {
      action: 'directory.changed',
      outcome: 'success',
      subject,
      agencyId,
      ...(reason !== undefined && { reason }),
      ...(before && { before: digestOf(before) }),
      ...(after && { after: digestOf(after) }),
      details: { change: kind, ...difference(before ?? {}, after ?? {}) },
    },
    { within: tx },
  );
}

/** `name.before`, `name.after` of what is not the same. */
function difference(before: Fields, after: Fields): Record<string, string | number | boolean | null> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed: Record<string, string | number | boolean | null> = {};
  for (const name of names) {
    const [old, fresh] = [flat(before[name]), flat(after[name])];
    if (old === fresh) continue;
    if (before[name] !== undefined) changed[`${name}.before`] = old;
    if (after[name] !== undefined) changed[`${name}.after`] = fresh;
  }
  return changed;
}

function flat(value: Value | undefined): string | number | boolean | null {
  if (value === undefined) return null;
  return typeof value === 'object' && value !== null ? value.join(' ') : value;
}

function digestOf(fields: Fields): string {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  const bytes = canonicalBytes(Object.fromEntries(known.map(([name, value]) => [name, flat(value)])));
  return createHash('sha256').update(bytes).digest('hex');
}
