/** What is asked of certificate policies from the start (RFC 5280 §6.1.1 c to f). Nothing unless told. */
export interface PolicySettings {
  /** user-initial-policy-set: OIDs of the policies that would do; any when undefined. */
  readonly acceptable?: readonly string[];
  /** initial-explicit-policy: the path must hold under one of the acceptable policies. */
  readonly requireExplicit?: boolean;
  /** initial-policy-mapping-inhibit. */
  readonly inhibitMapping?: boolean;
  /** initial-any-policy-inhibit. */
  readonly inhibitAny?: boolean;
}
