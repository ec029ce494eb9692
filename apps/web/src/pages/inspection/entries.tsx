import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { HistoryEntry } from '../../api/types';
import { moment } from '../../formats/moments';
import { EntryDetails } from './entry-details';
import { What, Who } from './entry-words';
import type { Scope } from './use-scope';

interface Props {
  readonly items: readonly HistoryEntry[];
  readonly scope: Scope;
}

/** Entries of the trail as a table; a row opens its details, and leads to the timeline of its document. */
export function Entries({ items, scope }: Props) {
  const { t } = useTranslation();
  return (
    <Table
      aria-label={t('inspection.trail.entries')}
      variant="compact"
      gridBreakPoint="grid-lg"
      className="sealpost-list"
    >
      <Thead>
        <Tr>
          <Th modifier="nowrap">{t('inspection.trail.at')}</Th>
          <Th>{t('inspection.trail.who')}</Th>
          <Th>{t('inspection.trail.what')}</Th>
          <Th modifier="nowrap">{t('inspection.trail.about')}</Th>
          <Th screenReaderText={t('common.details')} />
        </Tr>
      </Thead>
      {items.map((entry) => (
        <EntryRow key={entry.seq} entry={entry} scope={scope} />
      ))}
    </Table>
  );
}

function EntryRow({ entry, scope }: { readonly entry: HistoryEntry; readonly scope: Scope }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { seq, documentId } = entry;
  const symbol = entry.sentence.params['symbol'];
  return (
    <Tbody>
      <Tr>
        <Td dataLabel={t('inspection.trail.at')}>
          <span className="sealpost-number">{moment(entry.at)}</span>
        </Td>
        <Td dataLabel={t('inspection.trail.who')}>
          <Who actor={entry.actor} />
        </Td>
        <Td dataLabel={t('inspection.trail.what')}>
          <What entry={entry} />
        </Td>
        <Td dataLabel={t('inspection.trail.about')}>
          {documentId !== null && (
            <>
              {typeof symbol === 'string' && <div className="sealpost-number">{symbol}</div>}
              <Link
                href={`/trail/documents/${documentId}${scope.address()}`}
                aria-label={t('inspection.trail.timelineOf', { seq })}
              >
                {t('inspection.trail.timeline')}
              </Link>
            </>
          )}
        </Td>
        <Td modifier="nowrap">
          <Button
            variant="link"
            isInline
            aria-expanded={isOpen}
            aria-label={t('inspection.trail.more', { seq })}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            {t('common.details')}
          </Button>
        </Td>
      </Tr>
      {isOpen && (
        <Tr>
          <Td colSpan={5}>
            <EntryDetails entry={entry} />
          </Td>
        </Tr>
      )}
    </Tbody>
  );
}
