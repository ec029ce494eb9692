import { Injectable } from '@nestjs/common';
import type { CertificateOwner, CertificateUse } from '#directory';
import { Administered, Certificates, Directory, enterCertificate } from '#directory';
import type { Certificate, Purpose } from '#pki';
import { composedText, thumbprint } from '#pki';
import type { PersonActor, Tx } from '#platform';
import { UnitOfWork } from '#platform';
import { AuditTrail } from '#audit';

import { WorkflowError } from '../errors';
import { TrustService } from '../trust/trust-service';

/** A certificate for somebody an administrator looks after. */
export interface HolderCertificate {
  readonly owner: CertificateOwner;
  readonly use: CertificateUse;
  readonly certificate: Certificate;
}

/** What a certificate must be good for, by its use and by who holds it. */
function purposeOf({ owner, use }: HolderCertificate): Purpose {
  if (use === 'encryption') return 'encryption';
  if (use === 'evidence') return 'evidence';
  return owner.kind === 'agency' ? 'agency-signing' : 'document-signing';
}

/** Checks that a certificate is good today and belongs to its holder, and enters it into the directory. */
@Injectable()
export class HolderCertificates {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly administered: Administered,
    private readonly directory: Directory,
    private readonly certificates: Certificates,
    private readonly trust: TrustService,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * To be done before a transaction: trust material may have to be fetched.
   *
   * @throws WorkflowError `CERTIFICATE_…`, `REVOCATION_UNKNOWN`, `CERTIFICATE_OF_ANOTHER_PERSON`,
   * `CERTIFICATE_KNOWN`; DirectoryError `NOT_ADMINISTERED`, `PERSON_OF_ANOTHER_AGENCY`
   */
  async check(person: PersonActor, given: HolderCertificate): Promise<void> {
    const { owner, use, certificate } = given;
    await this.unitOfWork.run(person, async (tx) => {
      await this.requireHolder(tx, person, owner);
      if (owner.kind === 'person') {
        if (use !== 'signing') throw new WorkflowError('CERTIFICATE_WRONG_USAGE');
        const holder = await this.directory.person(owner.id, tx);
        if (holder === undefined || !isNamed(certificate, holder.fullName))
          throw new WorkflowError('CERTIFICATE_OF_ANOTHER_PERSON');
      }
      if (await this.certificates.byThumbprint(await thumbprint(certificate), tx))
        throw new WorkflowError('CERTIFICATE_KNOWN');
    });
    const fault = await this.trust.signingFault(certificate, purposeOf(given));
    if (fault !== undefined) throw new WorkflowError(fault);
  }

  /** @throws DirectoryError `CERTIFICATE_NOT_OF_AGENCY`; WorkflowError `CERTIFICATE_KNOWN` */
  async enter(tx: Tx, person: PersonActor, given: HolderCertificate): Promise<string> {
    const { owner, use, certificate } = given;
    await this.requireHolder(tx, person, owner);
    const hex = await thumbprint(certificate);
    if (await this.certificates.byThumbprint(hex, tx)) throw new WorkflowError('CERTIFICATE_KNOWN');
    await enterCertificate(tx, { owner, use, der: certificate.der });
    const entered = await this.certificates.byThumbprint(hex, tx);
    if (entered === undefined) throw new Error('a certificate that was just entered is not there');
    await this.audit.record(
      person,
      {
        action: 'directory.changed',
        outcome: 'success',
        subject: { type: 'certificate', id: entered.id },
        ...(owner.kind === 'agency' && { agencyId: owner.id }),
        details: {
          ...{ change: 'created', owner: owner.kind, ownerId: owner.id, use, thumbprint: hex },
          notAfter: certificate.notAfter.toISOString(),
        },
      },
      { within: tx },
    );
    return entered.id;
  }

  private async requireHolder(tx: Tx, person: PersonActor, owner: CertificateOwner): Promise<void> {
    if (owner.kind === 'person') return this.administered.requirePerson(tx, person, owner.id);
    return this.administered.require(tx, person, { type: 'agency', id: owner.id }, [owner.id]);
  }
}

/** The common name is the holder's, however it is spelt in Unicode. */
function isNamed({ subject }: Certificate, fullName: string): boolean {
  const plain = (text: string): string => composedText(text).toLocaleLowerCase('vi').trim();
  return plain(subject.commonName ?? '') === plain(fullName);
}
