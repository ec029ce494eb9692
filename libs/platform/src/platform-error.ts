/** What can go wrong in the platform apart from requests: files, keys, database, operations. */
export type PlatformErrorCode =
  | 'NODE_KEY_UNUSABLE'
  | 'UNWRAP_FAILED'
  | 'BLOB_NOT_FOUND'
  | 'BLOB_DAMAGED'
  | 'BLOB_TOO_LARGE'
  | 'POSTGRES_BINARIES_MISSING'
  | 'POSTGRES_NOT_STARTED'
  | 'QUEUE_UNKNOWN'
  | 'BACKUP_DAMAGED'
  | 'BACKUP_TARGET_NOT_EMPTY'
  | 'BACKUP_INCOMPATIBLE';

export class PlatformError extends Error {
  override readonly name = 'PlatformError';

  constructor(
    readonly code: PlatformErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
