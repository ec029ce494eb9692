import { Injectable } from '@nestjs/common';

import { BlobStore, Clock, Config, UnitOfWork } from '#platform';

import { ExchangeError } from '../exchange-error';
import { sha256Hex } from '../../bytes-as-text';
import type { MessageSource } from '../transport/transport';
import { examineFile } from './examine-file';
import type { ExaminedFile } from './examine-file';

/** A file as this node received it. */
export interface ReceivedFile extends ExaminedFile {
  readonly sha256: string;
  readonly size: number;
  readonly blobId: string;
}

/** Files remembered per process, so that one document to many recipients asks the database once. */
const MAX_REMEMBERED = 5_000;

/**
 * Files that came in by digest, per node they came from. A row never changes, so it may be remembered; a
 * node sees only what it sent itself, so knowing the digest of another's file opens nothing.
 */
@Injectable()
export class ReceivedFiles {
  private readonly remembered = new Map<string, ReceivedFile>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly blobs: BlobStore,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** The files held, by digest. */
  async find(source: MessageSource, digests: readonly string[]): Promise<ReadonlyMap<string, ReceivedFile>> {
    const found = new Map<string, ReceivedFile>();
    const asked: string[] = [];
    for (const sha256 of digests) {
      const file = this.remembered.get(keyOf(source, sha256));
      if (file) found.set(sha256, file);
      else asked.push(sha256);
    }
    if (asked.length === 0) return found;
    const rows = await this.unitOfWork.statement<{
      sha256: string;
      size: string;
      pages: number | null;
      fault: string | null;
      blob_id: string;
    }>(
      source.actor,
      'SELECT sha256, size, pages, fault, blob_id FROM workflow.received_file WHERE source_node = $1 AND sha256 = ANY($2)',
      [source.nodeId, asked],
    );
    for (const { sha256, size, pages, fault, blob_id } of rows) {
      const file = { sha256, size: Number(size), pages, fault, blobId: blob_id };
      found.set(sha256, file);
      this.remember(source, file);
    }
    return found;
  }

  /** @throws ExchangeError MESSAGE_FILE_MISMATCH, MESSAGE_TOO_LARGE */
  async put(source: MessageSource, sha256: string, bytes: Uint8Array): Promise<void> {
    if (bytes.length > this.config.uploadLimit)
      throw new ExchangeError('MESSAGE_TOO_LARGE', `${bytes.length} bytes`);
    if (sha256Hex(bytes) !== sha256) {
      throw new ExchangeError('MESSAGE_FILE_MISMATCH', `file ${sha256} has another digest`, {
        retry: 'worth-retrying',
      });
    }
    const { pages, fault } = examineFile(bytes);
    const { id: blobId, size } = await this.blobs.put(bytes);
    // Of two that arrive at once the first row stays; the other blob is an orphan and swept later.
    const added = await this.unitOfWork.statement(
      source.actor,
      `INSERT INTO workflow.received_file (source_node, sha256, size, pages, blob_id, received_at, fault)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING sha256`,
      [source.nodeId, sha256, size, pages, blobId, this.clock.now(), fault],
    );
    if (added.length === 1) this.remember(source, { sha256, size, pages, fault, blobId });
  }

  private remember(source: MessageSource, file: ReceivedFile): void {
    if (this.remembered.size >= MAX_REMEMBERED) {
      const [oldest] = this.remembered.keys();
      if (oldest !== undefined) this.remembered.delete(oldest);
    }
    this.remembered.set(keyOf(source, file.sha256), file);
  }
}

function keyOf(source: MessageSource, sha256: string): string {
  return `${source.nodeId} ${sha256}`;
}
