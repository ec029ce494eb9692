import { equalBytes } from './bytes';

interface Entry<T> {
  readonly bytes: Uint8Array;
  readonly value: T;
}

/** Nothing is remembered of longer contents, so that nobody fills the memory with them. */
export const maxRememberedBytes = 8 * 1024;

/**
 * What was made of some bytes lately, found again by their content. Bounded, oldest out first. Whoever makes contents
 * of the same hash only makes this forget: a value is given for equal bytes alone.
 */
export class ByteCache<T> {
  private readonly entries = new Map<number, Entry<T>>();

  constructor(private readonly maxEntries: number) {}

  get(bytes: Uint8Array): T | undefined {
    if (bytes.length > maxRememberedBytes) return undefined;
    const found = this.entries.get(hashOf(bytes));
    return found && equalBytes(found.bytes, bytes) ? found.value : undefined;
  }

  /** The bytes are kept and must not change. */
  set(bytes: Uint8Array, value: T): void {
    if (bytes.length > maxRememberedBytes) return;
    const [oldest] = this.entries.keys();
    if (this.entries.size >= this.maxEntries && oldest !== undefined) this.entries.delete(oldest);
    this.entries.set(hashOf(bytes), { bytes, value });
  }
}

const { imul } = Math;

/** FNV-1a. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < bytes.length; at++) hash = imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash;
}
