import { Injectable } from '@nestjs/common';
import { KeyVault } from '#access';
import type { CertificateOwner, CertificateUse } from '#directory';
import { AdministeredCertificates } from '#directory';
import type { Certificate } from '#pki';
import { derOrPem, parseCertificate } from '#pki';
import type { PersonActor } from '#platform';
import { UnitOfWork } from '#platform';

import { WorkflowError } from '../errors';
import { HolderCertificates } from './holder-certificates';

/** An administrator enters or withdraws the certificate of an agency or a person. */
@Injectable()
export class ImportCertificate {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly holders: HolderCertificates,
    private readonly directory: AdministeredCertificates,
    private readonly vault: KeyVault,
  ) {}

  /** @throws WorkflowError `CERTIFICATE_UNREADABLE`, and as `HolderCertificates.check` */
  async run(
    person: PersonActor,
    given: { readonly owner: CertificateOwner; readonly use: CertificateUse; readonly text: string },
  ): Promise<{ readonly id: string }> {
    const wanted = { owner: given.owner, use: given.use, certificate: readOne(given.text) };
    await this.holders.check(person, wanted);
    return this.unitOfWork.run(person, async (tx) => ({ id: await this.holders.enter(tx, person, wanted) }));
  }

  /** Takes a certificate out of use, with its key on this node. @throws DirectoryError `NOT_ADMINISTERED`, `HAS_ENDED` */
  withdraw(person: PersonActor, id: string, reason: string): Promise<void> {
    return this.unitOfWork.run(person, async (tx) => {
      const hex = await this.directory.withdraw(tx, person, id, reason);
      await this.vault.withdraw(tx, hex);
    });
  }
}

/** One certificate, PEM or base64 of DER. */
function readOne(text: string): Certificate {
  try {
    const bytes = text.includes('-----BEGIN') ? Buffer.from(text, 'utf8') : Buffer.from(text, 'base64');
    const [der, ...more] = derOrPem(new Uint8Array(bytes));
    if (der === undefined || more.length > 0) throw new WorkflowError('CERTIFICATE_UNREADABLE');
    return parseCertificate(der);
  } catch (cause) {
    throw new WorkflowError('CERTIFICATE_UNREADABLE', { cause });
  }
}
