import { ExchangeError } from '../exchange-error';
import { isDatabaseAway } from './retry';

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

describe('a failed try', () => {
  it.each([
    ['a connection that PostgreSQL refuses', refused],
    ['PostgreSQL that shuts down', Object.assign(new Error('shutting down'), { code: '57P01' })],
    ['a connection that broke', new Error('Connection terminated unexpectedly')],
    ['any of them inside another error', new Error('query failed', { cause: refused })],
  ])('is not counted for %s', (_what, error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });

  it.each([
    [
      'a peer that refuses the connection',
      new ExchangeError('PEER_UNREACHABLE', 'connect ECONNREFUSED', {
        retry: 'worth-retrying',
        cause: refused,
      }),
    ],
    ['a peer that refuses the message', new ExchangeError('PEER_REFUSED', '400')],
    ['anything else', new Error('a fault of our own')],
  ])('is counted for %s', (_what, error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });
});
