/** An address range of name constraints: address and mask, both 4 or 16 octets (RFC 5280 §4.2.1.10, RFC 4632). */
export interface IpRange {
  readonly address: Uint8Array;
  readonly mask: Uint8Array;
}

/** Undefined for another length, or a mask with a hole. */
export function ipRange(octets: Uint8Array): IpRange | undefined {
  if (octets.length !== 8 && octets.length !== 32) return undefined;
  const half = octets.length / 2;
  const mask = octets.subarray(half);
  return isPrefixMask(mask) ? { address: octets.subarray(0, half), mask } : undefined;
}

function isPrefixMask(mask: Uint8Array): boolean {
  let isInside = true;
  for (const octet of mask) {
    // The complement of ones followed by zeros is one less than a power of two.
    const complement = ~octet & 0xff;
    if ((complement & (complement + 1)) !== 0 || (!isInside && octet !== 0)) return false;
    if (octet !== 0xff) isInside = false;
  }
  return true;
}

export function isInRange(address: Uint8Array, range: IpRange): boolean {
  if (address.length !== range.address.length) return false;
  return range.mask.every(
    (bits, index) => (((address[index] ?? 0) ^ (range.address[index] ?? 0)) & bits) === 0,
  );
}
