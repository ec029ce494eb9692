import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** One file of the built page, as it is sent. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  /** The same in brotli (RFC 7932), made by the build; absent for what is compressed already. */
  readonly brotli?: Buffer;
  /** Named by its content, so that it never changes. */
  readonly immutable: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.bcmap': 'application/octet-stream',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pfb': 'application/octet-stream',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/**
 * Every file of a built page by its address (`/assets/index-1a2b.js`), read once: a few megabytes that no request
 * has to fetch from the disk, and no address can lead out of the folder. Empty when the page has not been built.
 */
export async function readPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const files = new Map<string, PageFile>();
  for (const path of await filesOf(folder)) {
    const type = types[extname(path)];
    if (type === undefined) continue;
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    const brotli = await readFile(`${path}.br`).catch(absent);
    files.set(address, {
      type,
      bytes: await readFile(path),
      ...(brotli && { brotli }),
      immutable: address.startsWith('/assets/'),
    });
  }
  return files;
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(absent);
  return (entries ?? [])
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

function absent(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
}
