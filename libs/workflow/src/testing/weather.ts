import { ExchangeError } from '../exchange/exchange-error';
import { Transports } from '../exchange/transport/transports';
import type { TestOffice } from './test-office';

/** `lost`: nothing arrives. `unanswered`: it arrives, and nobody learns of it. */
export type Weather = 'fair' | 'lost' | 'unanswered';

/** From now on each message meets the weather that `next` gives. */
export function setWeather(office: TestOffice, next: () => Weather): void {
  const transports = office.app.get(Transports, { strict: false });
  transports.deliver = async (...parcel) => {
    const weather = next();
    if (weather === 'lost') throw storm();
    const answer = await Transports.prototype.deliver.apply(transports, parcel);
    if (weather === 'unanswered') throw storm();
    return answer;
  };
}

const storm = (): ExchangeError =>
  new ExchangeError('PEER_UNREACHABLE', 'a storm', { retry: 'worth-retrying' });
