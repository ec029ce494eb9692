/** CRLReason (RFC 5280 §5.3.1), by its ENUMERATED value. */
const names = new Map<number, RevocationReason>([
  [0, 'unspecified'],
  [1, 'keyCompromise'],
  [2, 'cACompromise'],
  [3, 'affiliationChanged'],
  [4, 'superseded'],
  [5, 'cessationOfOperation'],
  [6, 'certificateHold'],
  [8, 'removeFromCRL'],
  [9, 'privilegeWithdrawn'],
  [10, 'aACompromise'],
]);

export type RevocationReason =
  | 'unspecified'
  | 'keyCompromise'
  | 'cACompromise'
  | 'affiliationChanged'
  | 'superseded'
  | 'cessationOfOperation'
  | 'certificateHold'
  | 'removeFromCRL'
  | 'privilegeWithdrawn'
  | 'aACompromise';

export function reasonFromValue(value: number): RevocationReason {
  return names.get(value) ?? 'unspecified';
}

export function reasonValue(reason: RevocationReason): number {
  for (const [value, name] of names) if (name === reason) return value;
  return 0;
}
