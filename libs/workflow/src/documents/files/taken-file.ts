import { WorkflowError } from '../../errors';

/** What multer hands over of a file it holds in memory. */
export interface TakenFile {
  readonly originalname: string;
  readonly buffer: Buffer;
}

/** @throws WorkflowError FILE_REQUIRED where the form held none */
export function takenFile(file: TakenFile | undefined): {
  readonly fileName: string;
  readonly bytes: Uint8Array;
} {
  if (file === undefined) throw new WorkflowError('FILE_REQUIRED');
  return { fileName: file.originalname, bytes: file.buffer };
}
