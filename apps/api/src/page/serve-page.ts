import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { PageFile } from './page-files';
import { readPageFiles } from './page-files';

/** Addresses that belong to the server's own doors, whatever the page calls its own. */
const ownDoors = /^\/(api|health)(\/|$)/;

/**
 * Serves the built page: its files as they are, and index.html for every address of the page itself, which its
 * router reads. Nothing here needs a session: all that the page shows comes through the API.
 */
export async function servePage(app: NestExpressApplication, folder: string): Promise<void> {
  const files = await readPageFiles(folder);
  const index = files.get('/index.html');
  app.use((request: Request, response: Response, next: NextFunction) => {
    const file = files.get(request.path) ?? (isPageAddress(request) ? index : undefined);
    if (file && (request.method === 'GET' || request.method === 'HEAD')) sendFile(request, response, file);
    else next();
  });
}

/** The first page for anybody; else what a browser asks for when somebody opens an address: no extension, as HTML. */
function isPageAddress({ path, headers }: Request): boolean {
  if (path === '/') return true;
  return (
    !ownDoors.test(path) && !/\.[a-z0-9]+$/i.test(path) && headers.accept?.includes('text/html') === true
  );
}

function sendFile(request: Request, response: Response, file: PageFile): void {
  response.setHeader('Content-Type', file.type);
  response.setHeader('Vary', 'Accept-Encoding');
  response.setHeader('Cache-Control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  const bytes = file.brotli && request.acceptsEncodings('br') === 'br' ? file.brotli : file.bytes;
  if (bytes === file.brotli) response.setHeader('Content-Encoding', 'br');
  response.setHeader('Content-Length', bytes.length);
  response.end(request.method === 'HEAD' ? undefined : bytes);
}
