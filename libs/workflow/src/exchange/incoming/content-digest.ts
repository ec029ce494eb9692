import { sha256Hex } from '../../bytes-as-text';

/** One digest for all files of a document, in their order: what a verdict is about. */
export function contentDigest(files: readonly { readonly sha256: string }[]): string {
  return sha256Hex(new TextEncoder().encode(files.map(({ sha256 }) => `${sha256}\n`).join('')));
}
