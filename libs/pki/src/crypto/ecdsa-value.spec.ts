import { itWith, runProgram } from '../../../../test/support/outside-programs';
import { fromHex, toHex } from '../bytes';
import { derInteger, derSequence } from '../der/writer';
import { ecdsaFixedToValue, ecdsaValueToFixed, isEcdsaValue, isFixedEcdsaValue } from './ecdsa-value';

describe('ECDSA values', () => {
  const integers = (r: Uint8Array | number, s: Uint8Array | number): Uint8Array =>
    derSequence(derInteger(r), derInteger(s));

  it.each(['P-256', 'P-384', 'P-521'] as const)(
    'on %s are read from 1 to n - 1, and in DER only',
    (curve) => {
      const size = { 'P-256': 32, 'P-384': 48, 'P-521': 66 }[curve];
      const order = orderOf(curve);
      const below = order.slice();
      below[size - 1] = (below[size - 1] ?? 0) - 1;
      const last = ecdsaValueToFixed(integers(below, 1), curve);
      expect(last.length).toBe(2 * size);
      expect(ecdsaFixedToValue(last)).toEqual(integers(below, 1));
      for (const [r, s] of [
        [0, 1],
        [1, 0],
        [order, 1],
        [1, order],
        [new Uint8Array(size + 1).fill(1), 1],
        [-1, 1],
      ] as const) {
        expect(isEcdsaValue(integers(r, s), curve)).toBe(false);
      }
      for (const ber of [
        '3080020101020101 0000',
        '308106020101020101',
        '30070202000102 0101',
        '3006020101020101 00',
      ])
        expect(isEcdsaValue(fromHex(ber.replaceAll(' ', '')), curve)).toBe(false);
      expect(isFixedEcdsaValue(new Uint8Array(2 * size).fill(1), curve)).toBe(true);
      expect(isFixedEcdsaValue(new Uint8Array(2 * size + 2).fill(1), curve)).toBe(false);
      expect(isFixedEcdsaValue(new Uint8Array(2 * size), curve)).toBe(false);
    },
  );

  itWith('openssl').each([
    ['P-256', 'prime256v1'],
    ['P-384', 'secp384r1'],
    ['P-521', 'secp521r1'],
  ] as const)('know the order of %s as openssl does', (curve, name) => {
    const { output } = runProgram('openssl', [
      'ecparam',
      '-name',
      name,
      '-param_enc',
      'explicit',
      '-text',
      '-noout',
    ]);
    const [, digits = ''] = /Order:([\s0-9a-f:]+)/.exec(output) ?? [];
    const order = digits.replaceAll(/[\s:]/g, '').replace(/^00/, '');
    expect(toHex(orderOf(curve))).toBe(order);
  });

  /** The least number that is refused as r. */
  function orderOf(curve: 'P-256' | 'P-384' | 'P-521'): Uint8Array {
    const size = { 'P-256': 32, 'P-384': 48, 'P-521': 66 }[curve];
    let low = 1n;
    let high = 2n ** BigInt(8 * size) - 1n;
    const octets = (value: bigint): Uint8Array => fromHex(value.toString(16).padStart(2 * size, '0'));
    while (low < high) {
      const middle = (low + high) / 2n;
      if (isEcdsaValue(integers(octets(middle), 1), curve)) low = middle + 1n;
      else high = middle;
    }
    return octets(low);
  }
});
