import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import { Directory, isInForce } from '#directory';
import { readPageText } from '#pdf/node';
import type { PersonActor, Tx } from '#platform';
import { Clock, UnitOfWork, vietnamDate } from '#platform';

import { WorkflowError } from '../../errors';
import { checkUpload } from '../files/check-upload';
import type { FormReading, KnownNames } from './form-reading';
import { readForm } from './form-reading';

/** Reads what a paper says of itself, so that nobody types it again. Nothing is stored; the person confirms. */
@Injectable()
export class ReadForm {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: Directory,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws PdfError, WorkflowError as for an upload; FORM_NOT_READABLE where the file has no text */
  async run(actor: PersonActor, pdf: Uint8Array): Promise<FormReading> {
    const { pageCount } = checkUpload(pdf, 'attachment');
    const known = await this.unitOfWork.run(actor, (tx) => this.knownTo(tx, actor));
    const pages = await readPageText(pdf, { pages: [1, -1], timeoutMs: 10_000 }).then(
      (text) => text.pages,
      (error: unknown) => {
        throw new WorkflowError('FORM_NOT_READABLE', { cause: error });
      },
    );
    const [first] = pages;
    const last = pages.at(-1);
    if (first === undefined || last === undefined || first.runs.length === 0)
      throw new WorkflowError('FORM_NOT_READABLE');
    const reading = readForm(known, first, last);
    await this.audit.record(actor, {
      action: 'document.form_read',
      outcome: 'success',
      details: { pages: pageCount, found: Object.keys(reading.confidence).join(', ') },
    });
    return reading;
  }

  private async knownTo(tx: Tx, actor: PersonActor): Promise<KnownNames> {
    const today = vietnamDate(this.clock.now());
    const agency = await this.directory.agency(actor.agencyId, tx);
    if (agency === undefined) throw new WorkflowError('BODY_NOT_FOUND');
    const bodies = await this.directory.bodiesOf(agency.id, tx);
    const held = await this.directory.appointmentsIn(agency.id, today, tx);
    const signing = held.filter(({ post }) => post.rank !== 'staff');
    const people = await this.directory.people(
      signing.map(({ personId }) => personId),
      tx,
    );
    const names = new Map(people.map(({ id, fullName }) => [id, fullName]));
    return {
      bloc: agency.bloc,
      bodies: bodies.filter((body) => isInForce(body, today)),
      signers: signing.flatMap(({ personId, postId }) => {
        const name = names.get(personId);
        return name === undefined ? [] : [{ postId, name }];
      }),
    };
  }
}
