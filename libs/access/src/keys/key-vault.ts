import { Injectable } from '@nestjs/common';
import type { AuditEvent } from '#audit';
import { AuditTrail } from '#audit';
import type { Certificate, Signer } from '#pki';
import { parseCertificate, thumbprint } from '#pki';
import { nodeSigner } from '#pki/node';
import type { Actor, Tx } from '#platform';
import { Clock, newId, NodeKeys, UnitOfWork } from '#platform';
import { AccessError } from '../errors';
import { isAllowed } from '../policies/decide-policy';
import { EvidenceSigners } from './evidence-signers';
import { keyLimits, pinCost } from './key-limits';
import type { KeyOwner, KeyUse, StoredKey } from './stored-key';
import { findKeysOf, insertKey, lockKey, setAttempts, withdrawKey } from './stored-key';
import type { PinWrapping, WrappedKey } from './wrap-private-key';
import { unwrapUnderPin, wrapUnattended, wrapUnderPin } from './wrap-private-key';

export interface KeyToImport {
  readonly owner: KeyOwner;
  /** The agency whose administrator may release the key when it is locked. */
  readonly agencyId: string;
  readonly use: KeyUse;
  /** PrivateKeyInfo (RFC 5958), DER. */
  readonly pkcs8: Uint8Array;
  readonly certificate: Certificate;
  /** Issuer upward, without the root. */
  readonly chain: readonly Certificate[];
  /** `unattended` only for an agency's evidence key. */
  readonly protection: { readonly pin: string } | 'unattended';
}

/** A key that is wrapped but not yet stored: Argon2id has no place inside a transaction. */
export type WrappedImport = Omit<StoredKey, 'attempts'>;

/** What a person may know about a key. */
export interface KeyFacts {
  readonly id: string;
  readonly owner: KeyOwner;
  readonly use: KeyUse;
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
  readonly thumbprint: string;
  readonly state: 'ready' | 'locked';
  /** Null for keys without a PIN. */
  readonly attemptsLeft: number | null;
}

/** Keeps private keys wrapped and hands out signers, never keys. */
@Injectable()
export class KeyVault {
  private readonly evidenceSigners: EvidenceSigners;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: AuditTrail,
    private readonly nodeKeys: NodeKeys,
    private readonly clock: Clock,
  ) {
    this.evidenceSigners = new EvidenceSigners(unitOfWork, trail, nodeKeys, clock);
  }

  /** Keys in use of an owner, the newest first. */
  async keysOf(actor: Actor, owner: KeyOwner, use?: KeyUse): Promise<readonly KeyFacts[]> {
    const keys = await this.unitOfWork.runApart(actor, (tx) => findKeysOf(tx, owner, use));
    return keys.map(factsOf);
  }

  /**
   * Opens a key for one purpose; the signer is to be dropped when the work is done.
   *
   * The attempt is counted in a committed transaction before the PIN is tried, so that neither parallel
   * attempts nor a crash give more than five. Never tries a wrong PIN again by itself.
   *
   * @throws AccessError `KEY_NOT_FOUND` (also for a key of somebody else), `KEY_LOCKED`, `PIN_WRONG` with the
   * fact `attemptsLeft`, `KEY_UNREADABLE`; each is in the trail when it is thrown
   */
  async unlock(actor: Actor, keyId: string, pin: string): Promise<Signer> {
    const { key, attempt } = await this.reserveAttempt(actor, keyId);
    const pkcs8 = await this.tryPin(actor, key, pin, attempt);
    try {
      const signer = await signerOf(key, pkcs8);
      await this.unitOfWork.runApart(actor, async (tx) => {
        await setAttempts(tx, keyId, 0);
        await this.trail.record(actor, this.event(key, 'key.unlocked', 'success'), { within: tx });
      });
      return signer;
    } finally {
      pkcs8.fill(0);
    }
  }

  /**
   * The signer of an agency's evidence key, kept unwrapped in this process.
   *
   * @throws AccessError `NO_EVIDENCE_KEY`, `KEY_UNREADABLE`
   */
  evidenceSigner(agencyId: string): Promise<Signer> {
    return this.evidenceSigners.of(agencyId);
  }

  /** Wraps a key for `store`. Costs one Argon2id; to be done outside of transactions. */
  async wrap(input: KeyToImport): Promise<WrappedImport> {
    // Proves that key and certificate belong together: `KEY_MISMATCH` or `KEY_MALFORMED` of #pki otherwise.
    await nodeSigner(input);
    const id = newId();
    const { wrapped, pin } = await this.wrapPrivateKey(id, input);
    return {
      id,
      owner: input.owner,
      agencyId: input.agencyId,
      use: input.use,
      certificate: input.certificate.der,
      chain: input.chain.map(({ der }) => der),
      thumbprint: await thumbprint(input.certificate),
      wrapped,
      pin,
      importedAt: this.clock.now(),
    };
  }

  /** Keeps a wrapped key; false when the same certificate is kept already. */
  async store(tx: Tx, key: WrappedImport): Promise<boolean> {
    const added = await insertKey(tx, key);
    if (added) await this.trail.record(tx.actor, this.event(key, 'key.imported', 'success'), { within: tx });
    return added;
  }

  /** Takes the key of a withdrawn certificate out of use, if this node keeps it. */
  withdraw(tx: Tx, thumbprint: string): Promise<boolean> {
    return withdrawKey(tx, thumbprint, this.clock.now());
  }

  /** Wraps and keeps a key; false when the same certificate is kept already. */
  async import(actor: Actor, input: KeyToImport): Promise<boolean> {
    const key = await this.wrap(input);
    return this.unitOfWork.runApart(actor, (tx) => this.store(tx, key));
  }

  private async wrapPrivateKey(
    id: string,
    { pkcs8, protection, owner, use }: KeyToImport,
  ): Promise<WrappedKey> {
    if (protection === 'unattended') {
      if (owner.kind !== 'agency' || use !== 'evidence') {
        throw new TypeError('only an evidence key of an agency may be kept without a PIN');
      }
      return wrapUnattended(this.nodeKeys, id, pkcs8);
    }
    const { min, max } = keyLimits.pinLength;
    if (protection.pin.length < min || protection.pin.length > max) {
      throw new AccessError('PIN_TOO_SHORT', `a PIN has ${min} to ${max} characters`);
    }
    return wrapUnderPin(this.nodeKeys, id, pkcs8, protection.pin, pinCost);
  }

  private async reserveAttempt(actor: Actor, keyId: string): Promise<{ key: PinKey; attempt: number }> {
    const key = await this.unitOfWork.runApart(actor, async (tx) => {
      const found = await lockKey(tx, keyId);
      if (!found || !mayUse(actor, found) || !isUnderPin(found)) return undefined;
      if (found.attempts < keyLimits.pinAttempts) await setAttempts(tx, keyId, found.attempts + 1);
      return found;
    });
    if (!key) {
      await this.trail.record(actor, {
        action: 'access.denied',
        outcome: 'denied',
        subject: { type: 'key', id: keyId },
        code: 'KEY_NOT_FOUND',
      });
      throw new AccessError('KEY_NOT_FOUND', 'no such key for this person');
    }
    if (key.attempts >= keyLimits.pinAttempts) {
      await this.trail.record(actor, { ...this.event(key, 'key.locked', 'denied'), code: 'KEY_LOCKED' });
      throw new AccessError('KEY_LOCKED', 'the key is locked');
    }
    return { key, attempt: key.attempts + 1 };
  }

  private async tryPin(actor: Actor, key: PinKey, pin: string, attempt: number): Promise<Buffer> {
    let pkcs8: Buffer | undefined;
    try {
      pkcs8 = await unwrapUnderPin(this.nodeKeys, key.id, key, pin);
    } catch (cause) {
      throw await this.unreadable(actor, key, cause);
    }
    if (pkcs8) return pkcs8;
    const attemptsLeft = keyLimits.pinAttempts - attempt;
    await this.trail.record(actor, {
      ...this.event(key, 'key.pin_refused', 'failed'),
      code: 'PIN_WRONG',
      details: { ...detailsOf(key), attempt, attemptsLeft },
    });
    throw new AccessError('PIN_WRONG', 'the PIN is wrong', { facts: { attemptsLeft } });
  }

  private async unreadable(actor: Actor, key: StoredKey, cause: unknown): Promise<AccessError> {
    await this.trail.record(actor, { ...this.event(key, 'key.unlocked', 'failed'), code: 'KEY_UNREADABLE' });
    return new AccessError('KEY_UNREADABLE', 'the stored key cannot be unwrapped', { cause });
  }

  private event(
    key: Omit<StoredKey, 'attempts'>,
    action: AuditEvent['action'],
    outcome: AuditEvent['outcome'],
  ): AuditEvent {
    return {
      action,
      outcome,
      subject: { type: 'key', id: key.id },
      agencyId: key.agencyId,
      details: detailsOf(key),
    };
  }
}

type PinKey = StoredKey & { readonly pin: PinWrapping };

function isUnderPin(key: StoredKey): key is PinKey {
  return key.pin !== null;
}

/** A person uses the own key; the agency's is used by whoever may apply the agency signature. */
function mayUse(actor: Actor, { owner }: StoredKey): boolean {
  if (actor.kind !== 'person') return false;
  if (owner.kind === 'person') return owner.id === actor.personId;
  return owner.id === actor.agencyId && isAllowed(actor, 'document.agency-sign');
}

function detailsOf(key: Omit<StoredKey, 'attempts'>): Record<string, string> {
  return { owner: key.owner.kind, use: key.use, thumbprint: key.thumbprint };
}

function signerOf(key: StoredKey, pkcs8: Uint8Array): Promise<Signer> {
  return nodeSigner({
    pkcs8,
    certificate: parseCertificate(key.certificate),
    chain: key.chain.map((der) => parseCertificate(der)),
  });
}

function factsOf(key: StoredKey): KeyFacts {
  const attemptsLeft = key.pin && Math.max(keyLimits.pinAttempts - key.attempts, 0);
  return {
    id: key.id,
    owner: key.owner,
    use: key.use,
    certificate: parseCertificate(key.certificate),
    chain: key.chain.map((der) => parseCertificate(der)),
    thumbprint: key.thumbprint,
    state: attemptsLeft === 0 ? 'locked' : 'ready',
    attemptsLeft,
  };
}
