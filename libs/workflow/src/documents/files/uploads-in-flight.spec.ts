import { Config } from '#platform';
import { UploadsInFlight } from './uploads-in-flight';

const overhead = 64 * 1024;
const uploads = (): UploadsInFlight =>
  new UploadsInFlight(Object.assign(new Config(), { uploadLimit: 1_000_000, uploadsInFlight: 2_000_000 }));

describe('uploads in flight', () => {
  it('take in as many bytes as there is room for, and more when one has gone', () => {
    const room = uploads();
    const first = room.take('900000');
    expect(first).toBeDefined();
    expect(room.take('900000')).toBeDefined();
    expect(room.take('900000')).toBeUndefined();
    expect(room.take('200000')).toBeDefined();
    first!();
    expect(room.take('900000')).toBeDefined();
  });

  it('give back what they reserved once, however often they say so', () => {
    const room = uploads();
    const first = room.take('1000000');
    room.take('1000000');
    first!();
    first!();
    expect(room.take('1000000')).toBeDefined();
    expect(room.take('1')).toBeUndefined();
  });

  it.each([undefined, 'x', '-1', '99999999999999999999', '5000000000'])(
    'reserve the most a form may have when its length is %s',
    (length) => {
      const room = uploads();
      room.take(length);
      expect(room.take(String(2_000_000 - 1_000_000 - overhead + 1))).toBeUndefined();
      expect(room.take(String(2_000_000 - 1_000_000 - overhead))).toBeDefined();
    },
  );

  it('take one alone, also where it is larger than the bound', () => {
    const room = new UploadsInFlight(
      Object.assign(new Config(), { uploadLimit: 1_000_000, uploadsInFlight: 1 }),
    );
    const first = room.take('1000000');
    expect(first).toBeDefined();
    expect(room.take('1')).toBeUndefined();
    first!();
    expect(room.take('1')).toBeDefined();
  });
});
