/**
 * Every rule that comes from law stands as data with its source beside it, so that a lawyer can read and
 * correct it without reading code.
 *
 * `certainty`: `read` – the clause was read in the source; `memory` – known, the clause not re-read;
 * `assumption` – our own choice where the law is silent.
 */
export type Certainty = 'read' | 'memory' | 'assumption';

export interface Basis {
  /** The source, as a lawyer would cite it: `Decree 30/2020 art. 15`. */
  readonly source: string;
  readonly certainty: Certainty;
  readonly note?: string;
}

export function readIn(source: string, note?: string): Basis {
  return note === undefined ? { source, certainty: 'read' } : { source, certainty: 'read', note };
}

export function fromMemory(source: string, note?: string): Basis {
  return note === undefined ? { source, certainty: 'memory' } : { source, certainty: 'memory', note };
}

export function assumed(note: string): Basis {
  return { source: 'Sealpost', certainty: 'assumption', note };
}
