import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { parseCertificate } from '#pki';
import type { PersonActor } from '#platform';
import { UnitOfWork } from '#platform';
import { isAllowed } from '../policies/decide-policy';
import { keyLimits } from './key-limits';
import type { KeyOwner, KeyUse, StoredKey } from './stored-key';
import { findKeysInAgency, findKeysOf } from './stored-key';

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

  async list(person: PersonActor): Promise<readonly KeyAnswer[]> {
    const keys = await this.unitOfWork.run(person, async (tx) => {
      if (isAllowed(person, 'key.release')) return findKeysInAgency(tx, person.agencyId);
      const own = await findKeysOf(tx, { kind: 'person', id: person.personId });
      if (!isAllowed(person, 'document.agency-sign')) return own;
      return [...own, ...(await findKeysOf(tx, { kind: 'agency', id: person.agencyId }))];
    });
    await this.trail.record(person, {
      action: 'key.listed',
      outcome: 'success',
      details: { keys: keys.length },
    });
    return keys.map(answerOf);
  }
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
