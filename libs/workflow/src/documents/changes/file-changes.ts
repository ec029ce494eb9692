import type { FrozenFile } from '../drafting/frozen-draft';

/** What became of one file; each version stays readable by its id. */
export interface FileChange {
  readonly fileId: string;
  readonly change: 'added' | 'removed' | 'replaced';
  readonly role: FrozenFile['role'];
  /** The present title; of a removed file the last. */
  readonly title: string;
  /** Null for an added file; 0 pages for a source. */
  readonly before: VersionView | null;
  readonly after: VersionView | null;
}

interface VersionView {
  readonly versionId: string;
  readonly pages: number;
}

/** Files that came, went or have other bytes; in the present order, removed files last. */
export function fileChanges(before: readonly FrozenFile[], after: readonly FrozenFile[]): FileChange[] {
  const present = new Set(after.map(({ fileId }) => fileId));
  const old = new Map(before.map((file) => [file.fileId, file]));
  const come = after.flatMap((file): FileChange[] => {
    const was = old.get(file.fileId);
    if (was?.sha256 === file.sha256) return [];
    return [fileChange(file, was === undefined ? 'added' : 'replaced', { was, is: file })];
  });
  const gone = before.filter(({ fileId }) => !present.has(fileId));
  return [...come, ...gone.map((file) => fileChange(file, 'removed', { was: file, is: undefined }))];
}

function fileChange(
  { fileId, role, title }: FrozenFile,
  change: FileChange['change'],
  { was, is }: { readonly was: FrozenFile | undefined; readonly is: FrozenFile | undefined },
): FileChange {
  return { fileId, change, role, title, before: versionView(was), after: versionView(is) };
}

const versionView = (file: FrozenFile | undefined): VersionView | null =>
  file === undefined ? null : { versionId: file.versionId, pages: file.pageCount };
