import type { ServerResponse } from 'node:http';

import type { PersonActor } from '#platform';

import type { NoticeView } from './notice-view';

/** Bytes that may wait for a slow reader before its stream is cut; it comes back and resumes. */
const longestBacklog = 256 * 1024;

/** One open stream of server-sent events (WHATWG HTML §9.2) of one person in one session. */
export class NoticeStream {
  private closed = false;

  constructor(
    readonly actor: PersonActor,
    private readonly response: ServerResponse,
  ) {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Reverse proxies hold answers back otherwise.
      'x-accel-buffering': 'no',
    });
    response.once('close', () => {
      this.closed = true;
    });
    this.write('retry: 5000\n\n');
  }

  get isOpen(): boolean {
    return !this.closed;
  }

  /** `event: notice`, its id for `Last-Event-ID`. The same notice may come twice: its id tells. */
  notice(view: NoticeView): void {
    this.write(`id: ${view.id}\nevent: notice\ndata: ${JSON.stringify(view)}\n\n`);
  }

  /** `event: reload`: more may have happened than was sent; the list tells. */
  reload(): void {
    this.write('event: reload\ndata: {}\n\n');
  }

  /** `event: replaced`: a newer window of the session has it now. A window that is still there asks from now on. */
  replaced(): void {
    this.write('event: replaced\ndata: {}\n\n');
    this.end();
  }

  heartbeat(): void {
    this.write(': heartbeat\n\n');
  }

  end(): void {
    if (this.closed) return;
    this.closed = true;
    this.response.end();
  }

  private write(text: string): void {
    if (this.closed) return;
    this.response.write(text);
    if (this.response.writableLength > longestBacklog) {
      this.closed = true;
      this.response.destroy();
    }
  }
}
