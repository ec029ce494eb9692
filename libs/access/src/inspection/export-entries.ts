import { Injectable } from '@nestjs/common';
import type { AuditQuery, FoundEntry } from '#audit';
import { AuditTrail, describeSearch, FindEntries } from '#audit';
import type { Signer } from '#pki';
import { oids, signEnveloping } from '#pki';
import type { PersonActor } from '#platform';
import { Clock, UnitOfWork } from '#platform';
import { createHash } from 'node:crypto';
import { AccessError } from '../errors';
import { KeyVault } from '../keys/key-vault';
import { summaryPage } from './summary-page';
import { TrailNames } from './trail-names';

/** Entries of one export; who needs more asks for a shorter time. */
const most = 10_000;

export interface ExportedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * What was found, to be taken away. As JSON lines: a header, one line per entry with its exact bytes and leaf hash,
 * and a last line with the SHA-256 of all lines before and, where the agency has an evidence key, a CMS signature
 * over that digest (RFC 5652, the digest enclosed). As a page: a summary for people with the same digest.
 */
@Injectable()
export class ExportEntries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly entries: FindEntries,
    private readonly names: TrailNames,
    private readonly vault: KeyVault,
    private readonly trail: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws AccessError `EXPORT_TOO_LARGE`; AuditError `MANDATE_NEEDED`, `MANDATE_NOT_OPEN` */
  async run(person: PersonActor, query: AuditQuery, format: 'jsonl' | 'html'): Promise<ExportedFile> {
    const page = await this.entries.find(
      person,
      { ...query, limit: most },
      { order: 'oldest', view: 'export', maxLimit: most },
    );
    if (page.next !== null) throw new AccessError('EXPORT_TOO_LARGE', `more than ${most} entries`);
    const made = this.clock.now();
    const body = linesOf(person, query, made, page.items);
    const digest = createHash('sha256').update(body).digest();
    const sha256 = digest.toString('hex');
    const signature = await this.sign(person, digest);
    await this.trail.record(person, {
      action: 'audit.exported',
      outcome: 'success',
      ...(query.documentId !== undefined && { documentId: query.documentId }),
      details: { ...describeSearch(query), format, entries: page.items.length, sha256 },
    });
    const name = `nhat-ky-${made.toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-')}`;
    if (format === 'html') {
      const ids = page.items.flatMap(({ entry }) => entry.actor.person ?? []);
      const { people } = await this.unitOfWork.run(person, (tx) => this.names.of(tx, { people: ids }));
      const signed = signature !== null;
      const html = summaryPage({ made, sha256, signed, query, items: page.items, names: people });
      return { name: `${name}.html`, type: 'text/html; charset=utf-8', bytes: Buffer.from(html) };
    }
    const last = JSON.stringify({ type: 'digest', sha256, signature });
    const bytes = Buffer.from(`${body}${last}\n`);
    return { name: `${name}.jsonl`, type: 'application/x-ndjson; charset=utf-8', bytes };
  }

  /** CMS, base64; null for an agency without an evidence key. */
  private async sign(person: PersonActor, digest: Uint8Array): Promise<string | null> {
    let signer: Signer;
    try {
      signer = await this.vault.evidenceSigner(person.agencyId);
    } catch (error) {
      if (error instanceof AccessError && error.code === 'NO_EVIDENCE_KEY') return null;
      throw error;
    }
    return Buffer.from(await signEnveloping({ content: { oid: oids.data, bytes: digest }, signer })).toString(
      'base64',
    );
  }
}

function linesOf(person: PersonActor, query: AuditQuery, made: Date, items: readonly FoundEntry[]): string {
  const { documentId } = query;
  const header = {
    type: 'header',
    format: 'sealpost-audit-export/1',
    made: made.toISOString(),
    by: { person: person.personId, agency: person.agencyId },
    query: { ...describeSearch(query), ...(documentId !== undefined && { document: documentId }) },
    entries: items.length,
  };
  const lines = items.map(({ seq, leafHash, bytes }) => ({ type: 'entry', seq, leafHash, bytes }));
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}
