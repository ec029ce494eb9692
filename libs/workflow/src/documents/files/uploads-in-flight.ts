import { Injectable } from '@nestjs/common';
import { Config } from '#platform';

/** Fields, names and boundaries of a form beside its file, at most. */
const formOverhead = 64 * 1024;

/**
 * How many bytes of uploads this process takes in at once: a form is held in memory until it has been looked at and
 * sealed, so that a crowd of large ones must not come in together. One alone is always taken.
 */
@Injectable()
export class UploadsInFlight {
  private held = 0;

  constructor(private readonly config: Config) {}

  /**
   * Reserves room for a form; undefined where there is none now. What is answered gives it back, once.
   *
   * @param contentLength as the request says; without it, room for the largest form is reserved
   */
  take(contentLength: string | undefined): (() => void) | undefined {
    const largest = this.config.uploadLimit + formOverhead;
    const said = Number(contentLength ?? largest);
    const bytes = Number.isSafeInteger(said) && said >= 0 ? Math.min(said, largest) : largest;
    if (this.held > 0 && this.held + bytes > this.config.uploadsInFlight) return undefined;
    this.held += bytes;
    let isHeld = true;
    return () => {
      if (isHeld) this.held -= bytes;
      isHeld = false;
    };
  }
}
