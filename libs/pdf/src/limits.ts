/** Bounds on what a file may make the reader do. Exceeding one raises PDF_LIMIT_EXCEEDED. */
export interface PdfLimits {
  /** Size of the whole file, bytes. */
  readonly maxBytes: number;
  /** Depth of nested arrays and dictionaries, and of page and field trees. */
  readonly maxDepth: number;
  /** Bytes that one stream may decode to. */
  readonly maxDecodedBytes: number;
  /** Bytes that all streams decoded for one file may come to, together. */
  readonly maxTotalDecodedBytes: number;
  /** Cross-reference sections in the /Prev chain. */
  readonly maxSections: number;
  /** Highest object number. ISO 32000-1 Annex C.2 gives 8,388,607; honest files stay far below. */
  readonly maxObjects: number;
  /** Pages that a walk visits. */
  readonly maxPages: number;
  /** Nodes (fields, annotations, actions, name-tree nodes) that one inspection visits. */
  readonly maxNodes: number;
}

export const defaultLimits: PdfLimits = {
  maxBytes: 512 * 1024 * 1024,
  maxDepth: 100,
  maxDecodedBytes: 64 * 1024 * 1024,
  maxTotalDecodedBytes: 256 * 1024 * 1024,
  // Judging later changes costs the square of this.
  maxSections: 500,
  maxObjects: 2_000_000,
  maxPages: 100_000,
  maxNodes: 1_000_000,
};
