import { Injectable } from '@nestjs/common';
import type { KeyUse } from '#access';
import { KeyVault } from '#access';
import type { CertificateOwner } from '#directory';
import { Directory } from '#directory';
import { openPkcs12 } from '#pki/node';
import type { PersonActor } from '#platform';
import { Clock, UnitOfWork, vietnamDate } from '#platform';

import { WorkflowError } from '../errors';
import { HolderCertificates } from './holder-certificates';

export interface KeyFile {
  readonly owner: CertificateOwner;
  readonly use: KeyUse;
  /** PKCS #12; wiped here. */
  readonly file: Uint8Array;
  readonly password: string;
  /** Under which the key is kept; none for an agency's evidence key, which works unattended. */
  readonly pin?: string;
}

/**
 * Puts the key of a PKCS #12 file into the vault and its certificate into the directory. File and key are wiped from
 * memory when this returns; password and PIN are text, which JavaScript cannot wipe, and are kept nowhere.
 */
@Injectable()
export class ImportKey {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: Directory,
    private readonly holders: HolderCertificates,
    private readonly vault: KeyVault,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws PkiError `PKCS12_…`, `KEY_MISMATCH`; AccessError `PIN_TOO_SHORT`; WorkflowError `PIN_MISSING`, and as
   * `HolderCertificates.check`
   */
  async run(
    person: PersonActor,
    given: KeyFile,
  ): Promise<{ readonly id: string; readonly certificateId: string }> {
    const { owner, use, file, password, pin } = given;
    const unattended = owner.kind === 'agency' && use === 'evidence';
    if (!unattended && pin === undefined) throw new WorkflowError('PIN_MISSING');
    let pkcs8: Uint8Array | undefined;
    try {
      const opened = openPkcs12(file, password);
      ({ pkcs8 } = opened);
      const { certificate, chain } = opened;
      const holder = { owner, use, certificate };
      await this.holders.check(person, holder);
      const key = await this.vault.wrap({
        ...{ owner, use, certificate, chain, pkcs8 },
        agencyId: await this.agencyOf(person, owner),
        protection: unattended || pin === undefined ? 'unattended' : { pin },
      });
      return await this.unitOfWork.run(person, async (tx) => {
        const certificateId = await this.holders.enter(tx, person, holder);
        if (!(await this.vault.store(tx, key))) throw new WorkflowError('CERTIFICATE_KNOWN');
        return { id: key.id, certificateId };
      });
    } finally {
      pkcs8?.fill(0);
      file.fill(0);
    }
  }

  /** Whose administrator may release the key: that of the person's oldest office. */
  private async agencyOf(person: PersonActor, owner: CertificateOwner): Promise<string> {
    if (owner.kind === 'agency') return owner.id;
    const held = await this.unitOfWork.run(person, (tx) =>
      this.directory.appointmentsOf(owner.id, vietnamDate(this.clock.now()), tx),
    );
    return held[0]?.agencyId ?? person.agencyId;
  }
}
