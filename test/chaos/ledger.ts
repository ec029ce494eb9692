/** What the node has acknowledged over HTTP with 200 or 201: all of it must still be true at the end. */
export class Ledger {
  readonly created = new Map<string, { readonly abstract: string }>();
  readonly uploaded: { readonly documentId: string; readonly fileId: string; readonly sha256: string }[] = [];
  readonly numbered = new Map<string, { readonly symbol: string; readonly date: string }>();
  readonly issued = new Set<string>();
  readonly accepted = new Map<string, { readonly arrivalNumber: number; readonly arrivalDate: string }>();
  readonly refused = new Set<string>();

  get size(): number {
    const { created, uploaded, numbered, issued, accepted, refused } = this;
    return created.size + uploaded.length + numbered.size + issued.size + accepted.size + refused.size;
  }
}
