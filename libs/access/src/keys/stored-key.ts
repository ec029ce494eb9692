import type { Tx } from '#platform';
import type { PinWrapping } from './wrap-private-key';

export interface KeyOwner {
  readonly kind: 'person' | 'agency';
  readonly id: string;
}

/** `evidence` keys of agencies open unattended; `signing` keys by PIN. */
export type KeyUse = 'signing' | 'evidence';

/** A key as kept: certificate in the clear, private part wrapped. */
export interface StoredKey {
  readonly id: string;
  readonly owner: KeyOwner;
  /** The agency whose administrator may release it. */
  readonly agencyId: string;
  readonly use: KeyUse;
  readonly certificate: Uint8Array;
  /** Issuer upward, without the root. */
  readonly chain: readonly Uint8Array[];
  /** SHA-256 of the certificate, hex. */
  readonly thumbprint: string;
  readonly wrapped: Uint8Array;
  /** Null for unattended keys. */
  readonly pin: PinWrapping | null;
  /** Attempts made since the last right PIN. */
  readonly attempts: number;
  readonly importedAt: Date;
}

interface Row {
  readonly id: string;
  readonly owner_kind: KeyOwner['kind'];
  readonly owner_id: string;
  readonly agency_id: string;
  readonly use: KeyUse;
  readonly certificate: Buffer;
  readonly chain: Buffer[];
  readonly thumbprint: string;
  readonly wrapped: Buffer;
  readonly pin_salt: Buffer | null;
  readonly argon2_memory: number | null;
  readonly argon2_passes: number | null;
  readonly argon2_parallelism: number | null;
  readonly attempts: number;
  readonly imported_at: Date;
}

const columns = `id, owner_kind, owner_id, agency_id, use, certificate, chain, thumbprint, wrapped, pin_salt,
  argon2_memory, argon2_passes, argon2_parallelism, attempts, imported_at`;

/** Keys in use of an owner, the newest first. */
export async function findKeysOf(tx: Tx, owner: KeyOwner, use?: KeyUse): Promise<readonly StoredKey[]> {
  const rows = await tx.query<Row>(
    `SELECT ${columns} FROM access.stored_key
     WHERE owner_kind = $1 AND owner_id = $2 AND ($3::text IS NULL OR use = $3) AND withdrawn_at IS NULL
     ORDER BY imported_at DESC, id`,
    [owner.kind, owner.id, use ?? null],
  );
  return rows.map(toStoredKey);
}

/** Whose keys are listed: all that agencies and their people have in use, or those of some owners. */
export type KeyScope =
  | { readonly agencyIds: readonly string[] }
  | { readonly personId: string; readonly orAgencyId: string | null };

/** At most `limit` keys in use, by owner, use and identifier, from behind the key `after`. */
export async function findKeysIn(
  tx: Tx,
  scope: KeyScope,
  {
    after,
    limit,
  }: { readonly after: readonly [string, string, string, string] | null; readonly limit: number },
): Promise<readonly StoredKey[]> {
  const [whose, owners] =
    'agencyIds' in scope
      ? ['agency_id = ANY($1) AND $2::uuid IS NULL', [scope.agencyIds, null]]
      : [
          `((owner_kind = 'person' AND owner_id = $1) OR (owner_kind = 'agency' AND owner_id = $2::uuid))`,
          [scope.personId, scope.orAgencyId],
        ];
  const rows = await tx.query<Row>(
    `SELECT ${columns} FROM access.stored_key
     WHERE ${whose} AND withdrawn_at IS NULL
       AND ($3::text IS NULL OR (owner_kind, owner_id, use, id) > ($3, $4::uuid, $5, $6::uuid))
     ORDER BY owner_kind, owner_id, use, id LIMIT $7`,
    [...owners, ...(after ?? [null, null, null, null]), limit],
  );
  return rows.map(toStoredKey);
}

/** The key in use, its row locked until the transaction ends. */
export async function lockKey(tx: Tx, id: string): Promise<StoredKey | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT ${columns} FROM access.stored_key WHERE id = $1 AND withdrawn_at IS NULL FOR UPDATE`,
    [id],
  );
  return row && toStoredKey(row);
}

/** Whether the key of this certificate is kept, in use or withdrawn. */
export async function hasKey(tx: Tx, thumbprint: string): Promise<boolean> {
  return (await tx.query('SELECT 1 FROM access.stored_key WHERE thumbprint = $1', [thumbprint])).length > 0;
}

export async function setAttempts(tx: Tx, id: string, attempts: number): Promise<void> {
  await tx.execute('UPDATE access.stored_key SET attempts = $2 WHERE id = $1', [id, attempts]);
}

/** Takes the key of a certificate out of use; false when there is none in use. */
export async function withdrawKey(tx: Tx, thumbprint: string, now: Date): Promise<boolean> {
  const withdrawn = await tx.execute(
    'UPDATE access.stored_key SET withdrawn_at = $2 WHERE thumbprint = $1 AND withdrawn_at IS NULL',
    [thumbprint, now],
  );
  return withdrawn === 1;
}

/** Adds the key; false when the same certificate is stored already. */
export async function insertKey(tx: Tx, key: Omit<StoredKey, 'attempts'>): Promise<boolean> {
  const inserted = await tx.execute(
    `INSERT INTO access.stored_key (id, owner_kind, owner_id, agency_id, use, certificate, chain, thumbprint,
       wrapped, pin_salt, argon2_memory, argon2_passes, argon2_parallelism, imported_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     ON CONFLICT (thumbprint) DO NOTHING`,
    [
      key.id,
      key.owner.kind,
      key.owner.id,
      key.agencyId,
      key.use,
      Buffer.from(key.certificate),
      key.chain.map((der) => Buffer.from(der)),
      key.thumbprint,
      Buffer.from(key.wrapped),
      key.pin && Buffer.from(key.pin.salt),
      key.pin?.cost.memory ?? null,
      key.pin?.cost.passes ?? null,
      key.pin?.cost.parallelism ?? null,
      key.importedAt,
    ],
  );
  return inserted === 1;
}

function toStoredKey(row: Row): StoredKey {
  return {
    id: row.id,
    owner: { kind: row.owner_kind, id: row.owner_id },
    agencyId: row.agency_id,
    use: row.use,
    certificate: row.certificate,
    chain: row.chain,
    thumbprint: row.thumbprint,
    wrapped: row.wrapped,
    pin: pinWrappingOf(row),
    attempts: row.attempts,
    importedAt: row.imported_at,
  };
}

function pinWrappingOf(row: Row): PinWrapping | null {
  const {
    pin_salt: salt,
    argon2_memory: memory,
    argon2_passes: passes,
    argon2_parallelism: parallelism,
  } = row;
  if (salt === null || memory === null || passes === null || parallelism === null) return null;
  return { salt, cost: { memory, passes, parallelism } };
}
