import { PkiError } from '../errors';
import type { PkiErrorCode } from '../errors';
import { asyncErrorCodeOf } from '../testing/error-code';
import { timestampsInOrder } from './in-order';
import type { TimestampOutcome, TimestampOrderOptions } from './in-order';
import type { TimestampSource } from './source';

const token = (name: string): Uint8Array => new TextEncoder().encode(name);

describe('several time-stamping authorities', () => {
  let asked: string[];
  let told: TimestampOutcome[];
  let broken: Map<string, PkiErrorCode>;

  beforeEach(() => {
    asked = [];
    told = [];
    broken = new Map();
  });

  function authorities(names: readonly string[], options: TimestampOrderOptions = {}): TimestampSource {
    const named = names.map((name) => ({
      name,
      source: {
        timestamp: () => {
          asked.push(name);
          const code = broken.get(name);
          return code ? Promise.reject(new PkiError(code, name)) : Promise.resolve(token(name));
        },
      },
    }));
    return timestampsInOrder(named, { ...options, tell: (outcome) => told.push(outcome) });
  }

  const stamp = (source: TimestampSource): Promise<Uint8Array> =>
    source.timestamp(new Uint8Array(32), 'SHA-256');

  it('are asked in their order, the second only when the first fails', async () => {
    const source = authorities(['one', 'two', 'three']);
    expect(await stamp(source)).toEqual(token('one'));
    expect(asked).toEqual(['one']);
    for (const code of ['TSA_UNAVAILABLE', 'TSA_REJECTED', 'TSA_BAD_TOKEN'] as const) {
      asked = [];
      broken.set('one', code);
      expect(await stamp(authorities(['one', 'two', 'three']))).toEqual(token('two'));
      expect(asked).toEqual(['one', 'two']);
      expect(told.at(-1)).toMatchObject({ answeredBy: 'two', failed: [{ name: 'one', error: { code } }] });
    }
  });

  it('are asked last for a while after they failed, and first again later', async () => {
    let now = 0;
    const source = authorities(['one', 'two'], { restMs: 1000, now: () => now });
    broken.set('one', 'TSA_UNAVAILABLE');
    await stamp(source);
    asked = [];
    await stamp(source);
    expect(asked).toEqual(['two']);
    asked = [];
    broken = new Map([['two', 'TSA_REJECTED' as const]]);
    expect(await stamp(source)).toEqual(token('one'));
    expect(asked).toEqual(['two', 'one']);
    now = 2000;
    asked = [];
    await stamp(source);
    expect(asked).toEqual(['one']);
  });

  it('that all fail are told of one by one', async () => {
    broken = new Map([
      ['one', 'TSA_UNAVAILABLE'],
      ['two', 'TSA_REJECTED'],
    ]);
    const failure = stamp(authorities(['one', 'two']));
    await expect(failure).rejects.toMatchObject({
      code: 'TSA_UNAVAILABLE',
      cause: { errors: { length: 2 } },
    });
    expect(told).toMatchObject([{ answeredBy: undefined, failed: [{ name: 'one' }, { name: 'two' }] }]);
    broken.set('one', 'TSA_REJECTED');
    expect(await asyncErrorCodeOf(() => stamp(authorities(['one', 'two'])))).toBe('TSA_REJECTED');
    await expect(stamp(authorities(['one']))).rejects.toMatchObject({ message: 'one' });
    expect(await asyncErrorCodeOf(() => stamp(authorities([])))).toBe('TSA_UNAVAILABLE');
  });

  it('do not hide a failure that is none of theirs', async () => {
    broken.set('one', 'DER_MALFORMED');
    expect(await asyncErrorCodeOf(() => stamp(authorities(['one', 'two'])))).toBe('DER_MALFORMED');
    expect(asked).toEqual(['one']);
  });
});
