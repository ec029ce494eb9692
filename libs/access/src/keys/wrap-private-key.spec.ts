import { NodeKeys, newId } from '#platform';
import { randomBytes } from 'node:crypto';
import { unwrapUnattended, unwrapUnderPin, wrapUnattended, wrapUnderPin } from './wrap-private-key';

const cheap = { memory: 64, passes: 1, parallelism: 1 };
const nodeKeys = new NodeKeys(randomBytes(32));
const id = newId();
const pkcs8 = randomBytes(121);

describe('a wrapped private key', () => {
  it('opens with node key and PIN together, and with the wrong PIN not at all', async () => {
    const { wrapped, pin } = await wrapUnderPin(nodeKeys, id, pkcs8, '260726', cheap);
    expect((await unwrapUnderPin(nodeKeys, id, { wrapped, pin: pin! }, '260726'))?.equals(pkcs8)).toBe(true);
    expect(await unwrapUnderPin(nodeKeys, id, { wrapped, pin: pin! }, '260727')).toBeUndefined();
  });

  it('does not open on another node, not even to try a PIN', async () => {
    const { wrapped, pin } = await wrapUnderPin(nodeKeys, id, pkcs8, '260726', cheap);
    const other = new NodeKeys(randomBytes(32));
    await expect(unwrapUnderPin(other, id, { wrapped, pin: pin! }, '260726')).rejects.toMatchObject({
      code: 'UNWRAP_FAILED',
    });
  });

  it('does not open in the row of another key, or with a flipped bit', async () => {
    const { wrapped, pin } = await wrapUnderPin(nodeKeys, id, pkcs8, '260726', cheap);
    await expect(unwrapUnderPin(nodeKeys, newId(), { wrapped, pin: pin! }, '260726')).rejects.toThrow();
    for (const at of [0, 5, 20, wrapped.length - 1]) {
      const damaged = Uint8Array.from(wrapped);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      await expect(unwrapUnderPin(nodeKeys, id, { wrapped: damaged, pin: pin! }, '260726')).rejects.toThrow();
    }
  });

  it('shows nothing of the key, and nothing equal between two wrappings', async () => {
    const a = await wrapUnderPin(nodeKeys, id, pkcs8, '260726', cheap);
    const b = await wrapUnderPin(nodeKeys, id, pkcs8, '260726', cheap);
    expect(Buffer.from(a.wrapped).includes(pkcs8.subarray(0, 8))).toBe(false);
    expect(Buffer.from(a.wrapped).subarray(9).equals(Buffer.from(b.wrapped).subarray(9))).toBe(false);
    expect(a.pin?.salt).not.toEqual(b.pin?.salt);
  });

  it('of a service opens with the node key only', () => {
    const { wrapped, pin } = wrapUnattended(nodeKeys, id, pkcs8);
    expect(pin).toBeNull();
    expect(Buffer.from(unwrapUnattended(nodeKeys, id, wrapped)).equals(pkcs8)).toBe(true);
    expect(() => unwrapUnattended(new NodeKeys(randomBytes(32)), id, wrapped)).toThrow();
  });
});
