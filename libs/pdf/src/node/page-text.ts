import { Worker } from 'node:worker_threads';

import type { PageText } from '../text/page-text';

/** What was asked of a document's text, and had. */
export interface DocumentText {
  readonly pageCount: number;
  /** In page order. */
  readonly pages: readonly PageText[];
}

export interface PageTextOptions {
  /** Pages counted from 1, negative ones from the end (−1 is the last). */
  readonly pages: 'all' | readonly number[];
  /** Milliseconds after which reading is given up; 15 000 if not given. */
  readonly timeoutMs?: number;
}

/** The text could not be had: no PDF that pdf.js reads, too long, or too much memory. */
export class PageTextError extends Error {
  override readonly name = 'PageTextError';
}

interface Waiting {
  readonly resolve: (text: DocumentText) => void;
  readonly reject: (error: Error) => void;
}

interface Answer {
  readonly id: number;
  readonly answer?: DocumentText;
  readonly failure?: string;
}

/** One thread, kept for the next document; lost and made anew when a document is too much for it. */
class TextThread {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;
  private queue: Promise<unknown> = Promise.resolve();

  /** One document after the other: each may use what the thread has. */
  read(bytes: Uint8Array, options: PageTextOptions): Promise<DocumentText> {
    const turn = this.queue.then(() => this.ask(bytes, options));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private ask(bytes: Uint8Array, { pages, timeoutMs = 15_000 }: PageTextOptions): Promise<DocumentText> {
    const worker = this.running();
    const id = ++this.last;
    return new Promise<DocumentText>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.fail(worker, 'reading took too long');
      }, timeoutMs);
      const settle =
        <T>(finish: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          this.waiting.delete(id);
          worker.unref();
          finish(value);
        };
      this.waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      worker.ref();
      worker.postMessage({ id, bytes, pages, resolveFrom: __filename });
    });
  }

  private running(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(require.resolve('./page-text-worker'), {
      resourceLimits: { maxOldGenerationSizeMb: 512 },
      // Files of others give pdf.js much to warn about, of which nobody here can do anything.
      execArgv: ['--no-warnings'],
    });
    worker.on('message', ({ id, answer, failure }: Answer) => {
      const waiting = this.waiting.get(id);
      if (answer) waiting?.resolve(answer);
      else waiting?.reject(new PageTextError(failure ?? 'no answer'));
    });
    worker.on('error', (error) => {
      this.fail(worker, error instanceof Error ? error.message : 'the thread failed');
    });
    worker.on('exit', () => {
      this.fail(worker, 'the thread ended');
    });
    worker.unref();
    this.worker = worker;
    return worker;
  }

  private fail(worker: Worker, message: string): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    void worker.terminate();
    for (const { reject } of this.waiting.values()) reject(new PageTextError(message));
  }
}

const thread = new TextThread();

/**
 * The text of pages with its places, read with pdf.js in a thread of its own: a file that costs too much time or
 * memory costs that thread alone. Give it only files that our own reader has accepted.
 *
 * @throws PageTextError
 */
export function readPageText(pdf: Uint8Array, options: PageTextOptions): Promise<DocumentText> {
  return thread.read(pdf, options);
}
