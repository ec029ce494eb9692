import { PlatformError } from '../platform-error';

/** A table's rows in PostgreSQL's COPY text format. */
export interface TablePart {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Path inside the backup. */
  readonly file: string;
  readonly sha256: string;
  readonly size: number;
}

/** A partition of a table that is restored through its parent. */
export interface PartitionPart {
  readonly schema: string;
  readonly table: string;
  readonly parentSchema: string;
  readonly parent: string;
  /** `FOR VALUES FROM (…) TO (…)`, `DEFAULT`. */
  readonly bound: string;
}

export interface SequencePart {
  readonly schema: string;
  readonly sequence: string;
  /** null: no value has been taken yet. */
  readonly lastValue: string | null;
}

/** A sealed blob, byte for byte. */
export interface BlobPart {
  readonly file: string;
  readonly sha256: string;
  readonly size: number;
}

/** `manifest.json` of a backup; its own digest stands in `manifest.sha256`. */
export interface Manifest {
  readonly format: 'sealpost-backup-1';
  readonly createdAt: string;
  readonly nodeId: string;
  /** Names of the migrations applied, oldest first. */
  readonly migrations: readonly string[];
  readonly tables: readonly TablePart[];
  readonly partitions: readonly PartitionPart[];
  readonly sequences: readonly SequencePart[];
  readonly blobs: readonly BlobPart[];
  /** Hex; the key that blobs and private keys are sealed with. */
  readonly nodeKeyId: string;
  /** The node key under a passphrase, if one was given; else the key must be kept elsewhere. */
  readonly wrappedNodeKey: WrappedKey | null;
}

/** Argon2id (RFC 9106) of a passphrase, then AES-256-GCM. All bytes base64. */
export interface WrappedKey {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly salt: string;
  readonly nonce: string;
  readonly sealed: string;
}

export function readManifest(text: string): Manifest {
  const manifest = parse(text);
  if ((manifest as { format: string }).format !== 'sealpost-backup-1')
    throw new PlatformError('BACKUP_INCOMPATIBLE', 'the backup has a format that this release does not know');
  return manifest;
}

function parse(text: string): Manifest {
  try {
    return JSON.parse(text) as Manifest;
  } catch (cause) {
    throw new PlatformError('BACKUP_DAMAGED', 'manifest.json cannot be read', { cause });
  }
}
