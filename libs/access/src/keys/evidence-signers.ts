import type { AuditTrail } from '#audit';
import type { Signer } from '#pki';
import { parseCertificate } from '#pki';
import { nodeSigner } from '#pki/node';
import type { Clock, NodeKeys, SystemActor, UnitOfWork } from '#platform';
import { newId } from '#platform';
import { AccessError } from '../errors';
import { keyLimits } from './key-limits';
import type { StoredKey } from './stored-key';
import { findKeysOf } from './stored-key';
import { unwrapUnattended } from './wrap-private-key';

interface Loaded {
  readonly keyId: string;
  readonly signer: Signer;
}

interface Cached {
  readonly loading: Promise<Loaded>;
  /** Milliseconds since 1970. */
  readonly checkAfter: number;
}

/**
 * Signers of the agencies' evidence keys, unwrapped once and kept in this process: evidence is signed many
 * times a second with nobody there. Whether a key was withdrawn or replaced is asked again every minute.
 */
export class EvidenceSigners {
  private readonly cached = new Map<string, Cached>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: AuditTrail,
    private readonly nodeKeys: NodeKeys,
    private readonly clock: Clock,
  ) {}

  /** @throws AccessError `NO_EVIDENCE_KEY`, `KEY_UNREADABLE` */
  async of(agencyId: string): Promise<Signer> {
    const now = this.clock.now().getTime();
    const cached = this.cached.get(agencyId);
    if (cached && now < cached.checkAfter) return (await cached.loading).signer;
    // Set before anything is awaited, so that many callers at once load once.
    const fresh = {
      loading: this.load(agencyId, cached?.loading),
      checkAfter: now + keyLimits.evidenceKeyRecheck,
    };
    this.cached.set(agencyId, fresh);
    try {
      return (await fresh.loading).signer;
    } catch (error) {
      if (this.cached.get(agencyId) === fresh) this.cached.delete(agencyId);
      throw error;
    }
  }

  private async load(agencyId: string, before: Promise<Loaded> | undefined): Promise<Loaded> {
    const known = await before?.catch(() => undefined);
    const actor: SystemActor = { kind: 'system', service: 'key-vault', agencyId, requestId: newId() };
    const owner = { kind: 'agency', id: agencyId } as const;
    const [key] = await this.unitOfWork.runApart(actor, (tx) => findKeysOf(tx, owner, 'evidence'));
    if (!key) throw new AccessError('NO_EVIDENCE_KEY', 'the agency has no evidence key in use');
    if (known?.keyId === key.id) return known;
    const signer = await this.open(key);
    await this.trail.record(actor, {
      action: 'key.unlocked',
      outcome: 'success',
      subject: { type: 'key', id: key.id },
      details: { owner: 'agency', use: 'evidence', thumbprint: key.thumbprint },
    });
    return { keyId: key.id, signer };
  }

  private async open(key: StoredKey): Promise<Signer> {
    let pkcs8: Uint8Array;
    try {
      pkcs8 = unwrapUnattended(this.nodeKeys, key.id, key.wrapped);
    } catch (cause) {
      throw new AccessError('KEY_UNREADABLE', 'the stored evidence key cannot be unwrapped', { cause });
    }
    try {
      return await nodeSigner({
        pkcs8,
        certificate: parseCertificate(key.certificate),
        chain: key.chain.map((der) => parseCertificate(der)),
      });
    } finally {
      pkcs8.fill(0);
    }
  }
}
