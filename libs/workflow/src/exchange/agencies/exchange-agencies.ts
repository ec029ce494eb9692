import { Injectable } from '@nestjs/common';

import { KeyVault } from '#access';
import type { Agency } from '#directory';
import { Directory, isInForce } from '#directory';
import type { Signer } from '#pki';
import { Clock, vietnamDate } from '#platform';

/** How long what the directory said about an agency is believed without asking again. */
const BELIEVED_MS = 10_000;

/** Agencies as the exchange needs them: by id or code, on which node, and with the key that speaks for them. */
@Injectable()
export class ExchangeAgencies {
  private readonly known = new Map<string, { readonly agency: Agency | undefined; readonly until: number }>();

  constructor(
    private readonly directory: Directory,
    private readonly keys: KeyVault,
    private readonly clock: Clock,
  ) {}

  /** The agency, also one that has ended. */
  byId(id: string): Promise<Agency | undefined> {
    return this.directory.agency(id);
  }

  /** The agency, if it exists today. */
  inForceById(id: string): Promise<Agency | undefined> {
    return this.inForce(`id ${id}`, () => this.directory.agency(id));
  }

  inForceByCode(code: string): Promise<Agency | undefined> {
    return this.inForce(`code ${code}`, () => this.directory.agencyByCode(code));
  }

  /**
   * Who answers for the agency today: itself, or whoever succeeded it, over any number of mergers; undefined when it
   * is unknown or has ended without successor.
   */
  answeringFor(id: string): Promise<Agency | undefined> {
    const today = vietnamDate(this.clock.now());
    return this.inForce(`for ${id}`, () => this.directory.successorOn(id, today));
  }

  /** As `answeringFor`, of the latest agency with that code. */
  async answeringForCode(code: string): Promise<Agency | undefined> {
    const inForce = await this.inForceByCode(code);
    if (inForce) return inForce;
    const ended = await this.directory.agencyByCode(code);
    return ended && this.answeringFor(ended.id);
  }

  /** Where evidence for the agency goes; undefined where nobody answers for it any more. */
  async nodeOf(code: string): Promise<string | undefined> {
    return (await this.answeringForCode(code))?.nodeId;
  }

  /** The key with which this node states evidence in the agency's name. */
  signer(agencyId: string): Promise<Signer> {
    return this.keys.evidenceSigner(agencyId);
  }

  private async inForce(key: string, ask: () => Promise<Agency | undefined>): Promise<Agency | undefined> {
    const now = this.clock.now();
    const held = this.known.get(key);
    const agency = held && held.until > now.getTime() ? held.agency : await ask();
    if (!held || held.until <= now.getTime())
      this.known.set(key, { agency, until: now.getTime() + BELIEVED_MS });
    if (this.known.size > 50_000) this.known.clear();
    return agency && isInForce(agency, vietnamDate(now)) ? agency : undefined;
  }
}
