import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { parseCertificate } from '#pki';
import type { Page, PersonActor } from '#platform';
import { pageOf, pageSize, readCursor, UnitOfWork } from '#platform';
import { isAllowed } from '../policies/decide-policy';
import { keyLimits } from './key-limits';
import type { KeyOwner, KeyScope, KeyUse, StoredKey } from './stored-key';
import { findKeysIn } from './stored-key';

/** What a page shows of a key: never anything secret. */
export interface KeyAnswer {
  readonly id: string;
  readonly owner: KeyOwner;
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
 * Keys in use: the person's own; the agency's, for whoever applies the agency signature; all that an
 * administrator may have to release.
 */
@Injectable()
export class ListKeys {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor that no page gave */
  run(person: PersonActor, query: { readonly cursor?: string | undefined }): Promise<Page<KeyAnswer>> {
    const after = readCursor(query.cursor, ['text', 'id', 'text', 'id']);
    return this.unitOfWork.run(person, async (tx) => {
      const keys = await findKeysIn(tx, scopeOf(person), { after, limit: pageSize + 1 });
      const page = pageOf(keys, {
        item: answerOf,
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
}

function scopeOf(person: PersonActor): KeyScope {
  if (isAllowed(person, 'key.release')) return { agencyId: person.agencyId };
  const orAgencyId = isAllowed(person, 'document.agency-sign') ? person.agencyId : null;
  return { personId: person.personId, orAgencyId };
}

function answerOf(key: StoredKey): KeyAnswer {
  const certificate = parseCertificate(key.certificate);
  const attemptsLeft = key.pin && Math.max(keyLimits.pinAttempts - key.attempts, 0);
  return {
    id: key.id,
    owner: key.owner,
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
