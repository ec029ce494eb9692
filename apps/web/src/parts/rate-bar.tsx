import { useTranslation } from 'react-i18next';

import type { ExchangeStatistics } from '../api/types';
import { number, share } from '../formats/numbers';

interface Props {
  readonly label: string;
  readonly rate: ExchangeStatistics['signed'];
}

/** A share as a bar with its target marked on it; the same in words below, for whoever reads rather than looks. */
export function RateBar({ label, rate: { count, of, percent, target } }: Props) {
  const { t } = useTranslation();
  const isReached = percent !== null && percent >= target;
  return (
    <div className="sealpost-rate">
      <div className="sealpost-rate__label">{label}</div>
      <div className="sealpost-rate__value">
        {percent === null ? t('statistics.nothing') : share(percent / 100)}
      </div>
      <div className="sealpost-rate__bar" aria-hidden="true">
        <div
          className={isReached ? 'sealpost-rate__part' : 'sealpost-rate__part sealpost-rate__part--below'}
          style={{ inlineSize: `${percent ?? 0}%` }}
        />
        <div className="sealpost-rate__target" style={{ insetInlineStart: `${target}%` }} />
      </div>
      <p className="sealpost-rate__words">
        {t('statistics.rate', { part: number(count), of: number(of), target: number(target) })}
        {percent !== null && ` ${t(isReached ? 'statistics.reached' : 'statistics.notReached')}`}
      </p>
    </div>
  );
}
