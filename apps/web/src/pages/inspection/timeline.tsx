import { EmptyState, Label, Title } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { HistoryEntry, Page } from '../../api/types';
import { day, timeOfDay, toVietnamInput } from '../../formats/moments';
import { EndlessEnd } from '../../parts/endless-end';
import { ProblemAlert } from '../../parts/problem-alert';
import { query } from '../../parts/use-address';
import { usePages } from '../../parts/use-pages';
import { flagNames, What, Who } from './entry-words';
import { trailAround } from './trail-around';
import type { Scope } from './use-scope';
import { Loading } from '../../parts/loading';

interface Props {
  readonly documentId: string;
  readonly scope: Scope;
}

/** What has become of a document, oldest first, day by day: who did what, and why. */
export function Timeline({ documentId, scope }: Props) {
  const { t } = useTranslation();
  const pages = usePages<Page<HistoryEntry>>(`/audit/documents/${documentId}/timeline${query(scope.asked)}`);
  if (pages.isPending) return <Loading />;
  if (pages.isLoadingError || pages.isRefetchError) return <ProblemAlert error={pages.error} />;
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return <EmptyState variant="sm" headingLevel="h2" titleText={t('inspection.timeline.empty')} />;
  const days = Map.groupBy(items, ({ at }) => toVietnamInput(at).slice(0, 10));
  return (
    <>
      {[...days].map(([date, entries]) => (
        <section key={date} aria-labelledby={`day-${date}`}>
          <Title headingLevel="h2" size="md" id={`day-${date}`} className="sealpost-number">
            {day(date)} <span className="sealpost-quiet">(+07:00)</span>
          </Title>
          <ol className="sealpost-inspection__day">
            {entries.map((entry) => (
              <Happening key={entry.seq} entry={entry} scope={scope} />
            ))}
          </ol>
        </section>
      ))}
      <EndlessEnd pages={pages} />
    </>
  );
}

function Happening({ entry, scope }: { readonly entry: HistoryEntry; readonly scope: Scope }) {
  const { t, i18n } = useTranslation();
  const { seq, at, reason, flags, sentence } = entry;
  const { symbol, inSteadOfName } = sentence.params;
  return (
    <li>
      <span className="sealpost-number">{timeOfDay(at)}</span>
      <div>
        <What entry={entry} />
        {typeof symbol === 'string' && <span className="sealpost-number"> {symbol}</span>}
        {flags.length > 0 && (
          <>
            {' '}
            <Label color="yellow">{flagNames(flags, i18n.language)}</Label>
          </>
        )}
        {reason !== null && <p>{t('inspection.timeline.reason', { reason })}</p>}
      </div>
      <div>
        <Who actor={entry.actor} />
        {typeof inSteadOfName === 'string' && (
          <div className="sealpost-quiet">{t('inspection.timeline.inSteadOf', { name: inSteadOfName })}</div>
        )}
      </div>
      <Link
        href={trailAround(
          scope,
          { from: at, to: at },
          { document: entry.documentId ?? '', action: entry.action },
        )}
        aria-label={t('inspection.timeline.entryOf', { seq })}
      >
        {t('inspection.timeline.entry', { seq })}
      </Link>
    </li>
  );
}
