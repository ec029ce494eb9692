import { hash } from 'node:crypto';

/** What the derived bytes are for: the `ID` octet of RFC 7292 B.3. */
const purposes = { key: 1, iv: 2, mac: 3 } as const;

export interface Derivation {
  readonly digest: 'sha1' | 'sha256';
  readonly password: string;
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly purpose: keyof typeof purposes;
  /** Bytes wanted. */
  readonly length: number;
}

/** Both digests work on blocks of 64 bytes. */
const blockSize = 64;

/** Key derivation of PKCS #12 (RFC 7292 B.2). */
export function derivePkcs12(input: Derivation): Uint8Array {
  const { digest, iterations } = input;
  const diversifier = Buffer.alloc(blockSize, purposes[input.purpose]);
  const material = Buffer.concat([fillBlocks(input.salt), fillBlocks(bmpPassword(input.password))]);
  const derived: Buffer[] = [];
  for (let got = 0; got < input.length;) {
    let block = hash(digest, Buffer.concat([diversifier, material]), 'buffer');
    for (let round = 1; round < iterations; round++) block = hash(digest, block, 'buffer');
    derived.push(block);
    got += block.length;
    addToEachBlock(material, fillBlocks(block));
  }
  return Buffer.concat(derived).subarray(0, input.length);
}

/** BMPString of the password with its two closing zero octets (RFC 7292 B.1). */
function bmpPassword(password: string): Uint8Array {
  return Buffer.from(`${password}\0`, 'utf16le').swap16();
}

/** Repeats the bytes to a whole number of blocks. */
function fillBlocks(bytes: Uint8Array): Uint8Array {
  const filled = Buffer.alloc(Math.ceil(bytes.length / blockSize) * blockSize);
  for (let at = 0; at < filled.length; at++) filled[at] = bytes[at % bytes.length] ?? 0;
  return filled;
}

/** Each block of `material` becomes (block + addend + 1) mod 2^512. */
function addToEachBlock(material: Uint8Array, addend: Uint8Array): void {
  for (let start = 0; start < material.length; start += blockSize) {
    let carry = 1;
    for (let at = blockSize - 1; at >= 0; at--) {
      const sum = (material[start + at] ?? 0) + (addend[at] ?? 0) + carry;
      material[start + at] = sum & 0xff;
      carry = sum >> 8;
    }
  }
}
