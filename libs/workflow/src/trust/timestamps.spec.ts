import { PkiError, timestampsInOrder } from '#pki';
import { TestClock } from '#platform';
import { makeTestPki } from '#signing/testing';

import { loadWorkflowSettings } from '../settings';
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

  it('goes on with a second authority, whose certificate is known from then on', async () => {
    const pki = await makeTestPki();
    const source = timestampsInOrder([
      { name: 'dead', source: dead },
      { name: 'living', source: pki.timestamps },
    ]);
    const timestamps = new Timestamps(
      { source, withoutTimestamp: 'refuse' },
      new TestClock('2026-11-08T00:00:00Z'),
    );
    expect(await timestamps.signing(sign)).toEqual({ result: 'stamped', level: 'B-T' });
    const names = timestamps.authorities.map(({ subject }) => subject.toString());
    expect(names).toContainEqual(expect.stringContaining('Máy chủ dấu thời gian'));
  });

  it('knows the certificate of each authority that answered, not of the first alone', async () => {
    const [one, other] = [await makeTestPki(), await makeTestPki()];
    let now = one;
    const source = {
      timestamp: (...asked: Parameters<typeof one.timestamps.timestamp>) =>
        now.timestamps.timestamp(...asked),
    };
    const timestamps = new Timestamps(
      { source, withoutTimestamp: 'refuse' },
      new TestClock('2026-11-08T00:00:00Z'),
    );
    await timestamps.signing(sign);
    const before = timestamps.authorities.length;
    now = other;
    await timestamps.signing(sign);
    expect(timestamps.authorities).toHaveLength(2 * before);
  });
});

describe('the time-stamping authorities of a node', () => {
  const settings = (addresses: string) => loadWorkflowSettings({ SEALPOST_TSA_URL: addresses });

  it('are one address or several, in order', () => {
    expect(settings('').tsaUrls).toEqual([]);
    expect(settings('https://tsa.example.vn').tsaUrls).toEqual(['https://tsa.example.vn']);
    const two = ['http://one.example.vn/tsa', 'https://two.example.vn'];
    expect(settings(two.join(', ')).tsaUrls).toEqual(two);
  });

  it('are refused at start when one is no address', () => {
    expect(() => settings('https://one.example.vn,ftp://two.example.vn')).toThrow(/SEALPOST_TSA_URL/);
    expect(() => settings('https://one.example.vn,')).toThrow(/SEALPOST_TSA_URL/);
  });
});
