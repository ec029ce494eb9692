export { canonicalBytes, canonicalJson, parseCanonicalBytes, parseCanonicalJson } from './canonical-json';
export type { CanonicalValue } from './canonical-json';
export { TranslogError, translogMessages } from './errors';
export type { TranslogErrorCode } from './errors';
export { leafHash } from './leaf-hash';
