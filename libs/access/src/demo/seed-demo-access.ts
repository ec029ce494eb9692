import { Injectable } from '@nestjs/common';
import type { DemoLayout, PkiHolder, PkiIndex } from '#directory';
import { demoDirectory, demoLogins, demoNodeOf } from '#directory';
import type { SystemActor, Tx } from '#platform';
import { Clock, Config, newId, UnitOfWork } from '#platform';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SignatureImages } from '../images/signature-images';
import type { WrappedImport } from '../keys/key-vault';
import { KeyVault } from '../keys/key-vault';
import type { KeyOwner, KeyUse } from '../keys/stored-key';
import { hasKey } from '../keys/stored-key';
import type { Account } from '../login/accounts';
import { hasAccount, putAccount } from '../login/accounts';
import { hashPassword } from '../secrets/password';
import { readHolderKey } from './read-holder-key';

/** The development PKI as certs-dev left it. */
export interface DemoPki {
  /** Folder of the index, e.g. `var/pki`; the paths in the index are relative to it. */
  readonly folder: string;
  readonly index: PkiIndex;
}

export interface SeededAccess {
  readonly accounts: number;
  readonly keys: number;
  readonly images: number;
}

/** Gives the demo's people their logins, and people and agencies their keys and images. */
@Injectable()
export class SeedDemoAccess {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vault: KeyVault,
    private readonly images: SignatureImages,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Adds what is not there yet, and withdraws keys of an earlier development PKI; may be run again at any time. Of two nodes each gets only the agencies it
   * hosts. Answers how much was added. Refused in production.
   */
  async seed(pki: DemoPki, layout: DemoLayout): Promise<SeededAccess> {
    if (this.config.production) throw new Error('demo logins and keys are refused with NODE_ENV=production');
    const hosted = hostedAgencies(layout, this.config.nodeId);
    const actor: SystemActor = { kind: 'system', service: 'seed', requestId: newId() };
    // Argon2id and files first, side by side; then everything in one short transaction.
    const [accounts, keys, images] = await Promise.all([
      this.newAccounts(actor, hosted),
      this.newKeys(actor, pki, hosted),
      readImages(pki, hosted),
    ]);
    return this.unitOfWork.run(actor, async (tx) => {
      for (const account of accounts) await putAccount(tx, account, this.clock.now());
      await withdrawOtherKeys(tx, pki.index, this.clock.now());
      for (const key of keys) await this.vault.store(tx, key);
      for (const { owner, png } of images) await this.images.enrol(tx, owner, png);
      return { accounts: accounts.length, keys: keys.length, images: images.length };
    });
  }

  private async newAccounts(actor: SystemActor, hosted: ReadonlySet<string>): Promise<readonly Account[]> {
    const wanted = demoLogins.filter(({ personId }) => isHosted({ kind: 'person', id: personId }, hosted));
    const missing = await this.absent(actor, wanted, (tx, login) => hasAccount(tx, login.personId));
    return Promise.all(
      missing.map(async ({ personId, loginName, password }) => ({
        personId,
        loginName,
        passwordHash: await hashPassword(password),
      })),
    );
  }

  private async newKeys(
    actor: SystemActor,
    { folder, index }: DemoPki,
    hosted: ReadonlySet<string>,
  ): Promise<readonly WrappedImport[]> {
    const wanted = index.holders.filter(isVaultHolder).filter(({ owner }) => isHosted(owner, hosted));
    const missing = await this.absent(actor, wanted, (tx, { thumbprint }) => hasKey(tx, thumbprint));
    return Promise.all(missing.map((holder) => this.wrapKey(folder, holder)));
  }

  private async wrapKey(folder: string, holder: VaultHolder): Promise<WrappedImport> {
    const { kind, id } = holder.owner;
    const key = await readHolderKey(folder, holder);
    try {
      return await this.vault.wrap({
        owner: { kind, id },
        agencyId: agencyOf({ kind, id }) ?? id,
        use: holder.use,
        ...key,
        protection: holder.pin === undefined ? 'unattended' : { pin: holder.pin },
      });
    } finally {
      key.pkcs8.fill(0);
    }
  }

  private absent<T>(
    actor: SystemActor,
    wanted: readonly T[],
    isPresent: (tx: Tx, one: T) => Promise<boolean>,
  ): Promise<readonly T[]> {
    return this.unitOfWork.run(actor, async (tx) => {
      const missing: T[] = [];
      for (const one of wanted) if (!(await isPresent(tx, one))) missing.push(one);
      return missing;
    });
  }
}

type VaultHolder = PkiHolder & { readonly use: KeyUse };

/** Keys that only decrypt are not for the vault: it hands out signers. */
function isVaultHolder(holder: PkiHolder): holder is VaultHolder {
  return holder.use !== 'encryption';
}

async function withdrawOtherKeys(tx: Tx, { holders }: PkiIndex, now: Date): Promise<void> {
  await tx.execute(
    `UPDATE access.stored_key SET withdrawn_at = $3
     WHERE owner_id = ANY($1) AND thumbprint <> ALL($2) AND withdrawn_at IS NULL`,
    [holders.map(({ owner }) => owner.id), holders.map(({ thumbprint }) => thumbprint), now],
  );
}

interface OwnedImage {
  readonly owner: KeyOwner;
  readonly png: Uint8Array;
}

async function readImages(
  { folder, index }: DemoPki,
  hosted: ReadonlySet<string>,
): Promise<readonly OwnedImage[]> {
  const files = [
    ...index.handwriting.map(({ personId, png }) => ({
      owner: { kind: 'person', id: personId } as const,
      png,
    })),
    ...index.seals.map(({ agencyId, png }) => ({ owner: { kind: 'agency', id: agencyId } as const, png })),
  ].filter(({ owner }) => isHosted(owner, hosted));
  return Promise.all(
    files.map(async ({ owner, png }) => ({ owner, png: await readFile(join(folder, png)) })),
  );
}

function hostedAgencies(layout: DemoLayout, nodeId: string): ReadonlySet<string> {
  const here = demoDirectory.agencies.filter(
    (agency) => layout === 'one-node' || demoNodeOf(agency, layout) === nodeId,
  );
  return new Set(here.map(({ id }) => id));
}

function isHosted(owner: KeyOwner, hosted: ReadonlySet<string>): boolean {
  return hosted.has(agencyOf(owner) ?? '');
}

function agencyOf({ kind, id }: KeyOwner): string | undefined {
  return kind === 'agency' ? id : demoDirectory.people.find((person) => person.id === id)?.agencyId;
}
