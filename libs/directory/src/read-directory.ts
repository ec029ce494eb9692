import { Injectable } from '@nestjs/common';
import type { AuditEvent } from '#audit';
import { AuditTrail } from '#audit';
import type { Actor, Page, Tx } from '#platform';
import { Clock, UnitOfWork, vietnamDate } from '#platform';
import { Certificates } from './certificates';
import { Directory } from './directory';
import type { HeldPost } from './held-posts';
import { DirectoryError } from './errors';
import type { DirectoryErrorCode } from './errors';
import { FindAgencies } from './find-agencies';
import type { AgencyQuery } from './find-agencies';
import type { Agency, Body, HeldCertificate, Person, Post, Term } from './model';

/** An agency with what a drafter or a verifier needs to know of it. */
export interface AgencyView extends Agency {
  readonly bodies: readonly Body[];
  readonly terms: readonly Term[];
  readonly certificates: readonly CertificateView[];
  /** Only for the actor's own agency; empty for others. */
  readonly posts: readonly (Post & { readonly holders: readonly Person[] })[];
}

interface CertificateView extends Pick<HeldCertificate, 'use' | 'thumbprint' | 'serialNumber' | 'status'> {
  /** ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;
}

/** A person and what they hold today. */
export interface PersonView extends Person {
  readonly appointments: readonly (HeldPost & { readonly agencyName: string })[];
}

/** The directory as persons see it: every look into it is recorded before anything is returned. */
@Injectable()
export class ReadDirectory {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: Directory,
    private readonly certificates: Certificates,
    private readonly agencies: FindAgencies,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor that no page gave */
  async find(actor: Actor, query: AgencyQuery): Promise<Page<Agency>> {
    const page = await this.agencies.find(query);
    const { q, bloc, level } = query;
    const asked = {
      ...(q !== undefined && { q }),
      ...(bloc !== undefined && { bloc }),
      ...(level !== undefined && { level }),
    };
    await this.recordRead(actor, { details: { ...asked, agencies: page.items.length } });
    return page;
  }

  /** @throws DirectoryError `AGENCY_NOT_FOUND` */
  async agency(actor: Actor, id: string): Promise<AgencyView> {
    const subject = { type: 'agency', id };
    const found = await this.unitOfWork.run(actor, (tx) => this.lookUpAgency(tx, id));
    if (found === undefined) throw await this.notFound(actor, 'AGENCY_NOT_FOUND', subject);
    await this.recordRead(actor, { subject });
    return found;
  }

  /** @throws DirectoryError `PERSON_NOT_FOUND` */
  async person(actor: Actor, id: string): Promise<PersonView> {
    const subject = { type: 'person', id };
    const found = await this.unitOfWork.run(actor, (tx) => this.lookUpPerson(tx, id));
    if (found === undefined) throw await this.notFound(actor, 'PERSON_NOT_FOUND', subject);
    await this.recordRead(actor, { subject });
    return found;
  }

  private async lookUpAgency(tx: Tx, id: string): Promise<AgencyView | undefined> {
    const agency = await this.directory.agency(id, tx);
    if (agency === undefined) return undefined;
    const held = await this.certificates.allOf({ kind: 'agency', id }, tx);
    const isOwn = tx.actor.kind === 'person' && tx.actor.agencyId === id;
    return {
      ...agency,
      bodies: await this.directory.bodiesOf(id, tx),
      terms: await this.directory.termsOf(id, tx),
      certificates: held.map(certificateView),
      posts: isOwn ? await this.postsWithHolders(tx, id) : [],
    };
  }

  private async postsWithHolders(tx: Tx, agencyId: string): Promise<AgencyView['posts']> {
    const posts = await this.directory.postsOf(agencyId, tx);
    const held = await this.directory.appointmentsIn(agencyId, this.today(), tx);
    const people = await this.directory.people(
      held.map((appointment) => appointment.personId),
      tx,
    );
    const holdersOf = (postId: string): Person[] => {
      const ids = held.filter((appointment) => appointment.postId === postId).map(({ personId }) => personId);
      return people.filter((person) => ids.includes(person.id));
    };
    return posts.map((post) => ({ ...post, holders: holdersOf(post.id) }));
  }

  private async lookUpPerson(tx: Tx, id: string): Promise<PersonView | undefined> {
    const person = await this.directory.person(id, tx);
    if (person === undefined) return undefined;
    const held = await this.directory.appointmentsOf(id, this.today(), tx);
    const agencies = await this.directory.agencies(
      held.map((appointment) => appointment.agencyId),
      tx,
    );
    const names = new Map(agencies.map((agency) => [agency.id, agency.name]));
    return {
      ...person,
      appointments: held.map((appointment) => ({
        ...appointment,
        agencyName: names.get(appointment.agencyId) ?? '',
      })),
    };
  }

  private today(): string {
    return vietnamDate(this.clock.now());
  }

  private recordRead(actor: Actor, facts: Pick<AuditEvent, 'subject' | 'details'>): Promise<void> {
    return this.audit.record(actor, { action: 'directory.read', outcome: 'success', ...facts });
  }

  private async notFound(
    actor: Actor,
    code: DirectoryErrorCode,
    subject: { readonly type: string; readonly id: string },
  ): Promise<DirectoryError> {
    await this.audit.record(actor, { action: 'directory.read', outcome: 'failed', code, subject });
    return new DirectoryError(code, `no ${subject.type} ${subject.id}`);
  }
}

function certificateView({
  use,
  thumbprint,
  serialNumber,
  status,
  notBefore,
  notAfter,
}: HeldCertificate): CertificateView {
  return {
    use,
    thumbprint,
    serialNumber,
    status,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
  };
}
