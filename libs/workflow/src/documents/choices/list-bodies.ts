import { Injectable } from '@nestjs/common';
import { AuditTrail } from '#audit';
import type { Agency, Body, Post, PostRank } from '#directory';
import { Directory, isInForce } from '#directory';
import type { Page, PersonActor, Tx } from '#platform';
import { Clock, UnitOfWork, vietnamDate } from '#platform';

import type { CapacityCode, DocumentType, SignerPost } from '../../rules';
import { capacityFault, documentType, signatureBlock, signingCapacities } from '../../rules';
import { signerIn, standingOf } from '../signer-question';

/** An issuing body with all that a drafter may choose under it. */
export interface BodyChoices {
  readonly id: string;
  readonly name: string;
  readonly symbol: string;
  readonly leadership: Body['leadership'];
  readonly hasSeal: boolean;
  /** What it may issue; `unnumbered` types are not written through the register of documents. */
  readonly types: readonly Pick<DocumentType, 'code' | 'name' | 'en' | 'abbreviation' | 'numberStyle'>[];
  /** Posts that may sign for it: its own, heads first, then those that sign by order. */
  readonly signers: readonly SignerChoice[];
}

interface SignerChoice {
  readonly postId: string;
  readonly title: string;
  readonly rank: PostRank;
  /** Another agency's post may sign by order. */
  readonly agencyId: string;
  readonly agencyName: string;
  readonly place: SignerPost['place'];
  readonly holders: readonly {
    readonly personId: string;
    readonly fullName: string;
    readonly acting: boolean;
  }[];
  readonly capacities: readonly {
    readonly code: CapacityCode;
    /** As printed, `KT.`; null for the head in the own name. */
    readonly mark: string | null;
    /** Lines above the name: `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`. */
    readonly block: readonly string[];
    /** Whether the written authority and its last day must be named. */
    readonly needsAuthority: boolean;
  }[];
}

/** The bodies of the own agency, with the types they issue and who may sign for them in which capacity. */
@Injectable()
export class ListBodies {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: Directory,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  list(actor: PersonActor): Promise<Page<BodyChoices>> {
    const today = vietnamDate(this.clock.now());
    return this.unitOfWork.run(actor, async (tx) => {
      const agency = await this.directory.agency(actor.agencyId, tx);
      if (!agency) throw new Error('an office names an agency that the directory lacks');
      const bodies = (await this.directory.bodiesOf(agency.id, tx)).filter((body) => isInForce(body, today));
      const items: BodyChoices[] = [];
      for (const body of bodies) items.push(await this.choices(tx, agency, body, today));
      await this.audit.record(
        actor,
        { action: 'directory.read', outcome: 'success', details: { list: 'bodies', bodies: items.length } },
        { within: tx },
      );
      // An agency has few bodies: there is one page.
      return { items, next: null };
    });
  }

  private async choices(tx: Tx, agency: Agency, body: Body, today: string): Promise<BodyChoices> {
    const { id, name, symbol, leadership, hasSeal, mayIssue } = body;
    const types = mayIssue
      .map((code) => documentType(agency.bloc, code))
      .filter((type) => type !== undefined);
    const signers: SignerChoice[] = [];
    for (const post of await this.directory.postsSigningFor(id, today, tx)) {
      const signer = await this.signer(tx, { agency, body, post, today });
      if (signer.capacities.length > 0) signers.push(signer);
    }
    return {
      ...{ id, name, symbol, leadership, hasSeal },
      types: types.map(({ code, name: typeName, en, abbreviation, numberStyle }) => {
        return { code, name: typeName, en, abbreviation, numberStyle };
      }),
      signers,
    };
  }

  private async signer(
    tx: Tx,
    given: { readonly agency: Agency; readonly body: Body; readonly post: Post; readonly today: string },
  ): Promise<SignerChoice> {
    const { agency, body, post, today } = given;
    const standing = await standingOf(this.directory, tx, { post, body, today });
    if (standing === undefined) throw new Error('the post signs for a body that it has nothing to do with');
    const people = await this.directory.people(
      standing.holders.map(({ personId }) => personId),
      tx,
    );
    const names = new Map(people.map(({ id, fullName }) => [id, fullName]));
    const home = post.agencyId === agency.id ? agency : await this.directory.agency(post.agencyId, tx);
    return {
      postId: post.id,
      title: post.title,
      rank: post.rank,
      agencyId: post.agencyId,
      agencyName: home?.name ?? '',
      place: standing.place,
      holders: standing.holders.map(({ personId, acting }) => {
        return { personId, fullName: names.get(personId) ?? '', acting };
      }),
      capacities: signingCapacities[agency.bloc].flatMap(({ code, mark, needs }) => {
        const question = {
          bloc: agency.bloc,
          code,
          bodyKind: body.leadership,
          post: signerIn(standing, { capacity: code }),
        };
        const fault = capacityFault({ ...question, authority: null, today });
        if (fault !== undefined && fault !== 'AUTHORITY_MISSING') return [];
        const block = signatureBlock({ ...question, bodyName: body.name });
        return [{ code, mark, block, needsAuthority: needs === 'written-authority' }];
      }),
    };
  }
}
