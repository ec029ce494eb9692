import { EmptyState, EmptyStateBody } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';

import type { Gap, Page } from '../../api/types';
import { EndlessEnd } from '../../parts/endless-end';
import { ProblemAlert } from '../../parts/problem-alert';
import { usePages } from '../../parts/use-pages';
import type { Entry, RegisterLook } from './columns';
import { Loading } from '../../parts/loading';

interface Props<T extends Entry> {
  /** Path below /api/v1 with its filters. */
  readonly path: string;
  readonly label: string;
  readonly look: RegisterLook<T>;
}

/** A register as its form has it, a row for every number and every gap; cards on a narrow screen. */
export function RegisterTable<T extends Entry>({ path, label, look }: Props<T>) {
  const { t } = useTranslation();
  const pages = usePages<Page<T>>(path);
  if (pages.isPending) return <Loading />;
  if (pages.isLoadingError || pages.isRefetchError) return <ProblemAlert error={pages.error} />;
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return (
      <EmptyState variant="sm" headingLevel="h2" titleText={t('registers.empty.title')}>
        <EmptyStateBody>{t('registers.empty.text')}</EmptyStateBody>
      </EmptyState>
    );
  const whole = look.columns.reduce((sum, { width }) => sum + width, 0);
  const faults = items.filter(({ gap }) => gap?.fault).length;
  return (
    <>
      <p role="status" className="sealpost-register__count">
        {t(pages.hasNextPage ? 'registers.rowsSoFar' : 'registers.rows', { count: items.length })}
        {faults > 0 && (
          <strong className="sealpost-register__faults">{t('registers.faults', { count: faults })}</strong>
        )}
      </p>
      <Table aria-label={label} variant="compact" gridBreakPoint="grid-lg" className="sealpost-register">
        <Thead>
          <Tr>
            {look.columns.map(({ title, width }) => (
              <Th key={title} style={{ inlineSize: `${(width * 100) / whole}%` }}>
                {title}
              </Th>
            ))}
          </Tr>
        </Thead>
        <Tbody>
          {items.map((entry, index) =>
            entry.gap ? (
              <GapRow key={index} gap={entry.gap} look={look} />
            ) : (
              <Tr key={index} className={entry.kind === 'cancelled' ? 'sealpost-register__void' : ''}>
                {look.columns.map(({ title, cell }) => (
                  <Td key={title} dataLabel={title}>
                    {cell(entry)}
                  </Td>
                ))}
              </Tr>
            ),
          )}
        </Tbody>
      </Table>
      <EndlessEnd pages={pages} />
    </>
  );
}

/** Numbers without a document that may be shown, and why. */
function GapRow<T extends Entry>({ gap, look }: { readonly gap: Gap; readonly look: RegisterLook<T> }) {
  const { t, i18n } = useTranslation();
  const { columns, numberAt } = look;
  const before = numberAt + 1;
  return (
    <Tr className={gap.fault ? 'sealpost-register__fault' : 'sealpost-register__void'}>
      <Td colSpan={before} dataLabel={columns[numberAt]?.title ?? ''}>
        <span className="sealpost-number">{gap.from === gap.to ? gap.from : `${gap.from}–${gap.to}`}</span>
      </Td>
      <Td colSpan={columns.length - before} dataLabel={t('registers.gap')}>
        {gap.fault && <strong>{t('registers.fault')} </strong>}
        {i18n.language === 'en' ? gap.en : gap.vi}
      </Td>
    </Tr>
  );
}
