import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { DeliveryState, DocumentState, FoundDocument } from '../../api/types';
import { day } from '../../formats/moments';
import { UrgencyMark } from '../../parts/marks';
import { DeliveryStateMark, OutgoingState } from '../../parts/state-marks';

/** What was found, the newest first; each opens its document. */
export function Hits({ items }: { readonly items: readonly FoundDocument[] }) {
  const { t } = useTranslation();
  return (
    <ol className="sealpost-find__hits" aria-label={t('search.results')}>
      {items.map((hit) => (
        <li key={hit.id}>
          <div className="sealpost-find__head">
            <span>{t(`search.kind.${hit.kind}`)}</span>
            {hit.symbol !== null && <strong className="sealpost-number">{hit.symbol}</strong>}
            <span className="sealpost-number">{day(hit.issuedOn ?? hit.date)}</span>
            {hit.arrivalNumber !== null && (
              <span className="sealpost-number">
                {t('search.arrival', { number: hit.arrivalNumber, day: day(hit.date) })}
              </span>
            )}
            <UrgencyMark urgency={hit.urgency} />
            {hit.kind === 'outgoing' ? (
              <OutgoingState state={hit.state as DocumentState} />
            ) : (
              <DeliveryStateMark state={hit.state as DeliveryState} />
            )}
          </div>
          <Link href={`/${hit.kind}/${hit.id}`} className="sealpost-abstract">
            {[hit.typeName, hit.abstract ?? t('outgoing.noAbstract')]
              .filter((part) => part !== null)
              .join(': ')}
          </Link>
          {hit.sender !== null && (
            <div className="sealpost-quiet">{t('search.sender', { name: hit.sender })}</div>
          )}
        </li>
      ))}
    </ol>
  );
}
