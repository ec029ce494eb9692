import { Injectable } from '@nestjs/common';
import type { HeldPost } from '#directory';
import { Directory } from '#directory';
import type { Role, Tx } from '#platform';
import { Clock, vietnamDate } from '#platform';

/** An appointment in force, with the post it is to: where a person acts, in which bodies, with which roles. */
export type Office = HeldPost;

/** An office in words, for the person who holds it. */
export interface NamedOffice {
  readonly fullName: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly appointmentId: string;
  readonly postId: string;
  readonly postTitle: string;
  readonly bodyIds: readonly string[];
  readonly roles: readonly Role[];
}

@Injectable()
export class Offices {
  constructor(
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  /** The named appointment of a person if it is in force today; the oldest in force when none is named. */
  async choose(tx: Tx, personId: string, appointmentId: string | undefined): Promise<Office | undefined> {
    const held = await this.directory.appointmentsOf(personId, vietnamDate(this.clock.now()), tx);
    return appointmentId === undefined ? held[0] : held.find(({ id }) => id === appointmentId);
  }

  async name(tx: Tx, office: Office): Promise<NamedOffice> {
    const person = await this.directory.person(office.personId, tx);
    const agency = await this.directory.agency(office.agencyId, tx);
    if (!person || !agency)
      throw new Error('an appointment names a person or an agency that the directory lacks');
    return {
      fullName: person.fullName,
      agencyId: agency.id,
      agencyName: agency.name,
      appointmentId: office.id,
      postId: office.postId,
      postTitle: office.post.title,
      bodyIds: office.post.bodyIds,
      roles: office.roles,
    };
  }
}
