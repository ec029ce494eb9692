import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate } from '#pki';
import { digest, toHex } from '#pki';
import type { TrustList } from '#pki/node';
import { anchorsAt, freshnessOf, readSourcesFolder, readTrustList } from '#pki/node';

export interface ListedAnchors {
  readonly anchors: readonly Certificate[];
  /** Names of lists whose time is over: nothing of them is trusted. */
  readonly outdated: readonly string[];
}

/**
 * Trusted lists (ETSI TS 119 612) of a folder: `lists/*.xml`, each signed by a certificate in `lists/signers/`. What
 * was read is kept by its content: the largest take seconds.
 */
export class TrustLists {
  private known = new Map<string, TrustList>();

  /**
   * Anchors that the lists grant at a moment. A time-stamping authority's own certificate is one, but never for more
   * than itself: what it issues is none of a list's business with time-stamps.
   *
   * @throws PkiError for a list that is not signed by one of the signers, and for what cannot be read
   */
  async read(folder: string, now: Date): Promise<ListedAnchors> {
    const files = await listFiles(join(folder, 'lists'));
    if (files.length === 0) return { anchors: [], outdated: [] };
    const { certificates: signers } = await readSourcesFolder(join(folder, 'lists', 'signers'));
    const lists = new Map<string, TrustList>();
    const anchors: Certificate[] = [];
    const outdated: string[] = [];
    for (const name of files) {
      const bytes = new Uint8Array(await readFile(join(folder, 'lists', name)));
      const key = await contentKey(bytes, signers);
      const list = this.known.get(key) ?? (await readTrustList(bytes, { signers }));
      lists.set(key, list);
      if (freshnessOf(list, now) !== 'current') {
        outdated.push(name);
        continue;
      }
      anchors.push(...anchorsAt(list, 'certificates', now));
      anchors.push(...anchorsAt(list, 'time-stamps', now).filter(({ isCa }) => !isCa));
    }
    this.known = lists;
    return { anchors, outdated };
  }
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.xml')).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** A list is read again when it or its signers changed. */
async function contentKey(bytes: Uint8Array, signers: readonly Certificate[]): Promise<string> {
  const digests = await Promise.all(
    [bytes, ...signers.map(({ der }) => der)].map((part) => digest('SHA-256', part)),
  );
  return digests.map((found) => toHex(found)).join(' ');
}
