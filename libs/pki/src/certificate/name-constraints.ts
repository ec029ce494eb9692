import { contextTag, readDer } from '../der/element';
import type { DerElement } from '../der/element';
import { childrenOf, DerReader } from '../der/reader';
import { PkiError } from '../errors';
import { readGeneralName } from '../names/general-name';
import type { GeneralName } from '../names/general-name';

/** NameConstraints (RFC 5280 §4.2.1.10): bases of the subtrees, undefined where a list is absent. */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[] | undefined;
  readonly excluded: readonly GeneralName[] | undefined;
}

/** Refuses an empty extension, empty lists, and minimum and maximum other than the defaults, which alone are allowed. */
export function readNameConstraints(value: Uint8Array): NameConstraints {
  const reader = new DerReader(readDer(value));
  const permitted = reader.optional(contextTag(0));
  const excluded = reader.optional(contextTag(1));
  reader.finish();
  if (!permitted && !excluded) throw new PkiError('DER_MALFORMED', 'nameConstraints is empty');
  return { permitted: permitted && readSubtrees(permitted), excluded: excluded && readSubtrees(excluded) };
}

function readSubtrees(list: DerElement): readonly GeneralName[] {
  const bases = childrenOf(list).map((subtree) => {
    const reader = new DerReader(subtree);
    const base = readGeneralName(reader.any());
    if (reader.hasMore) throw new PkiError('DER_MALFORMED', 'a subtree with minimum or maximum');
    return base;
  });
  if (bases.length === 0) throw new PkiError('DER_MALFORMED', 'an empty list of subtrees');
  return bases;
}
