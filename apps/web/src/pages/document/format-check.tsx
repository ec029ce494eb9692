import { Label, Spinner } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { FormatReport } from '../../api/types';
import { ProblemAlert } from '../../parts/problem-alert';

/** What the form of the main file lacks, with the clause that demands it; errors stop the number. */
export function FormatCheck({ documentId }: { readonly documentId: string }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'vi';
  const { data, error } = useQuery({
    queryKey: ['document', documentId, 'format-check'],
    queryFn: ({ signal }) => get<FormatReport>(`/documents/${documentId}/format-check`, signal),
  });
  return (
    <section
      className="sealpost-stack sealpost-panel"
      aria-label={t('document.format.title')}
      aria-live="polite"
    >
      {error ? (
        <ProblemAlert error={error} />
      ) : !data ? (
        <p>
          <Spinner size="sm" aria-hidden="true" /> {t('document.format.running')}
        </p>
      ) : data.items.length === 0 ? (
        <p>{t('document.format.good')}</p>
      ) : (
        <>
          {!data.mayBeNumbered && <strong>{t('document.format.stops')}</strong>}
          <ul className="sealpost-lines">
            {data.items.map((fault) => (
              <li key={`${fault.code} ${fault.page}`}>
                <Label isCompact color={fault.severity === 'error' ? 'red' : 'yellow'}>
                  {t(`document.format.severity.${fault.severity}`)}
                </Label>{' '}
                {fault[language]}{' '}
                <span className="sealpost-quiet">
                  ({fault.clause}
                  {fault.page !== null && `, ${t('document.format.page', { page: fault.page })}`})
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
