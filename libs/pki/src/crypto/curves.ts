import { fromHex, toHex } from '../bytes';

export type EcCurve = 'P-256' | 'P-384' | 'P-521';

interface CurveFacts {
  /** Octets of a coordinate. */
  readonly size: number;
  /** The field's prime p. */
  readonly prime: bigint;
  /** y² = x³ - 3x + b. */
  readonly b: bigint;
  /** Order n of the group, as long as a coordinate. */
  readonly order: Uint8Array;
}

/** NIST SP 800-186 §3.2.1. */
const facts: Readonly<Record<EcCurve, CurveFacts>> = {
  'P-256': {
    size: 32,
    prime: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    order: fromHex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
  },
  'P-384': {
    size: 48,
    prime: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    order: fromHex(
      'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
    ),
  },
  'P-521': {
    size: 66,
    prime: 2n ** 521n - 1n,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    order: fromHex(
      '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
    ),
  },
};

export function curveOrder(curve: EcCurve): Uint8Array {
  return facts[curve].order;
}

/** Whether these octets are an uncompressed point of the curve (SEC 1 §2.3.3, §3.2.2.1); all these curves have cofactor 1. */
export function isPointOf(curve: EcCurve, point: Uint8Array): boolean {
  const { size, prime, b } = facts[curve];
  if (point[0] !== 4 || point.length !== 1 + 2 * size) return false;
  const x = BigInt(`0x${toHex(point, 1, 1 + size)}`);
  const y = BigInt(`0x${toHex(point, 1 + size)}`);
  return x < prime && y < prime && (y * y - (x * x - 3n) * x - b) % prime === 0n;
}
