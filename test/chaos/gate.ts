import { setTimeout as pause } from 'node:timers/promises';

/** Lets finished documents out to be issued, a few at a time, when the moment for a blow has come. */
export class Gate {
  private waiting = 0;
  private closed = false;
  /** Documents let out so far. */
  passed = 0;

  open(documents: number): void {
    this.waiting += documents;
  }

  /** Nothing more is let out. */
  close(): void {
    this.closed = true;
  }

  /** Waits until one more document may be issued; false when no more are wanted. */
  async next(): Promise<boolean> {
    while (this.waiting === 0) {
      if (this.closed) return false;
      await pause(10);
    }
    this.waiting -= 1;
    this.passed += 1;
    return true;
  }
}
