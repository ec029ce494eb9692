import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { parseCertificate } from '#pki';
import { Administered } from '#directory';
import type { Page, PersonActor, Tx } from '#platform';
import { pageOf, pageSize, readCursor, UnitOfWork } from '#platform';
import { isAllowed } from '../policies/decide-policy';
import { keyLimits } from './key-limits';
import type { KeyOwner, KeyScope, KeyUse, StoredKey } from './stored-key';
import { findKeysIn } from './stored-key';

/** What a page shows of a key: never anything secret. */
export interface KeyAnswer {
  readonly id: string;
  readonly owner: KeyOwner & { readonly name: string };
  readonly use: KeyUse;
  readonly state: 'ready' | 'locked';
  /** Null for keys without a PIN. */
  readonly attemptsLeft: number | null;
  readonly certificate: {
    readonly subject: string;
    readonly issuer: string;
    readonly serialNumber: string;
    /** SHA-256, hex. */
    readonly thumbprint: string;
    readonly notBefore: string;
    readonly notAfter: string;
  };
}

/**
 * Keys in use: the person's own; the agency's, for whoever applies the agency signature; all of the administered
 * agencies and their people, for an administrator, who may have to release them.
 */
@Injectable()
export class ListKeys {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administered: Administered,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor that no page gave */
  run(person: PersonActor, query: { readonly cursor?: string | undefined }): Promise<Page<KeyAnswer>> {
    const after = readCursor(query.cursor, ['text', 'id', 'text', 'id']);
    return this.unitOfWork.run(person, async (tx) => {
      const keys = await findKeysIn(tx, await this.scopeOf(tx, person), { after, limit: pageSize + 1 });
      const names = await namesOf(tx, keys);
      const page = pageOf(keys, {
        item: (key) => answerOf(key, names.get(key.owner.id) ?? ''),
        key: ({ owner, use, id }) => [owner.kind, owner.id, use, id],
      });
      await this.trail.record(
        person,
        { action: 'key.listed', outcome: 'success', details: { keys: page.items.length } },
        { within: tx },
      );
      return page;
    });
  }

  private async scopeOf(tx: Tx, person: PersonActor): Promise<KeyScope> {
    if (isAllowed(person, 'key.release'))
      return { agencyIds: [...(await this.administered.agencies(tx, person))] };
    const orAgencyId = isAllowed(person, 'document.agency-sign') ? person.agencyId : null;
    return { personId: person.personId, orAgencyId };
  }
}

async function namesOf(tx: Tx, keys: readonly StoredKey[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; name: string }>(
    `SELECT id, name FROM directory.agency WHERE id = ANY($1)
     UNION ALL SELECT id, full_name FROM directory.person WHERE id = ANY($1)`,
    [keys.map(({ owner }) => owner.id)],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function answerOf(key: StoredKey, name: string): KeyAnswer {
  const certificate = parseCertificate(key.certificate);
  const attemptsLeft = key.pin && Math.max(keyLimits.pinAttempts - key.attempts, 0);
  return {
    id: key.id,
    owner: { ...key.owner, name },
    use: key.use,
    state: attemptsLeft === 0 ? 'locked' : 'ready',
    attemptsLeft,
    certificate: {
      subject: certificate.subject.toString(),
      issuer: certificate.issuer.toString(),
      serialNumber: certificate.serialNumber,
      thumbprint: key.thumbprint,
      notBefore: certificate.notBefore.toISOString(),
      notAfter: certificate.notAfter.toISOString(),
    },
  };
}
