import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toPem } from '#pki';

/** A folder under construction. Folders are 0700, files with keys 0600. */
export class PkiFolder {
  private readonly folders = new Map<string, Promise<unknown>>();

  constructor(readonly root: string) {}

  /** Something anybody may see: a certificate, a CRL, an image. Returns the relative path. */
  async writePublic(path: string, content: Uint8Array | string): Promise<string> {
    return this.write(path, content, 0o644);
  }

  async writeCertificate(path: string, der: Uint8Array): Promise<string> {
    return this.writePublic(path, toPem(der, 'CERTIFICATE'));
  }

  async writeSecret(path: string, content: Uint8Array | string): Promise<string> {
    return this.write(path, content, 0o600);
  }

  async writeKey(path: string, pkcs8: Uint8Array): Promise<string> {
    return this.writeSecret(path, toPem(pkcs8, 'PRIVATE KEY'));
  }

  private async write(path: string, content: Uint8Array | string, mode: number): Promise<string> {
    const file = join(this.root, path);
    await this.folder(dirname(file));
    await writeFile(file, content, { mode, flag: 'wx' });
    return path;
  }

  private folder(path: string): Promise<unknown> {
    const known = this.folders.get(path);
    if (known) return known;
    const made = mkdir(path, { recursive: true, mode: 0o700 }).then(() => chmod(path, 0o700));
    this.folders.set(path, made);
    return made;
  }
}
