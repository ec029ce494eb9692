import { PkiError } from '#pki';
import { TestClock } from '#platform';

import { Timestamps } from './timestamps';

const dead = { timestamp: () => Promise.reject(new PkiError('TSA_UNAVAILABLE', 'nobody answers')) };
const sign = async (
  source: { timestamp(digest: Uint8Array, hash: 'SHA-256'): Promise<Uint8Array> } | undefined,
): Promise<string> => {
  await source?.timestamp(new Uint8Array(32), 'SHA-256');
  return source ? 'stamped' : 'bare';
};

describe('signing while the time-stamping authority is away', () => {
  it('goes on without, where the node allows it', async () => {
    const timestamps = new Timestamps(
      { source: dead, withoutTimestamp: 'sign-without' },
      new TestClock('2026-11-08T00:00:00Z'),
    );
    expect(await timestamps.signing(sign)).toEqual({ result: 'bare', level: 'B-B' });
  });

  it('is refused where the node does not', async () => {
    const timestamps = new Timestamps(
      { source: dead, withoutTimestamp: 'refuse' },
      new TestClock('2026-11-08T00:00:00Z'),
    );
    await expect(timestamps.signing(sign)).rejects.toMatchObject({ code: 'TIMESTAMP_REQUIRED' });
  });

  it('does not wait for it again within some seconds', async () => {
    let asked = 0;
    const source = { timestamp: () => ((asked += 1), dead.timestamp()) };
    const clock = new TestClock('2026-11-08T00:00:00Z');
    const timestamps = new Timestamps({ source, withoutTimestamp: 'sign-without' }, clock);
    for (let count = 0; count < 3; count += 1) await timestamps.signing(sign);
    expect(asked).toBe(1);
    clock.advance(6_000);
    await timestamps.signing(sign);
    expect(asked).toBe(2);
  });

  it('hides no other failure', async () => {
    const timestamps = new Timestamps(
      { source: dead, withoutTimestamp: 'sign-without' },
      new TestClock('2026-11-08T00:00:00Z'),
    );
    await expect(timestamps.signing(() => Promise.reject(new Error('the key is gone')))).rejects.toThrow(
      'the key is gone',
    );
  });

  it('is never time-stamped on a node without an authority', async () => {
    const timestamps = new Timestamps(
      { withoutTimestamp: 'sign-without' },
      new TestClock('2026-11-08T00:00:00Z'),
    );
    expect(await timestamps.signing(sign)).toEqual({ result: 'bare', level: 'B-B' });
  });
});
