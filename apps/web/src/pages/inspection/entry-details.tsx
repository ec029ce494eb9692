import {
  Button,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { HistoryEntry } from '../../api/types';
import { useAddress } from '../../parts/use-address';
import { flagNames } from './entry-words';
import { useFactName } from './use-fact-name';

/** All that one entry keeps, and the ways on from it. */
export function EntryDetails({ entry }: { readonly entry: HistoryEntry }) {
  const { t, i18n } = useTranslation();
  const { change } = useAddress();
  const factName = useFactName();
  const { actor, action, documentId, subject, sentence, flags } = entry;
  const { personId } = actor;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('inspection.detail.reason'), entry.reason],
    [t('inspection.detail.flags'), flags.length === 0 ? null : flagNames(flags, i18n.language)],
    ...Object.entries(sentence.params).map(([name, value]): [string, ReactNode] => [
      factName(name),
      value === null ? null : String(value),
    ]),
    [t('inspection.detail.subject'), subject && `${subject.type} ${subject.id}`],
    [t('inspection.detail.address'), actor.address],
    [t('inspection.detail.exactly'), entry.at],
    [t('inspection.detail.seq'), entry.seq],
    [t('inspection.detail.request'), entry.requestId],
    [t('inspection.detail.hash'), <code key="hash">{entry.leafHash}</code>],
  ];
  return (
    <div className="sealpost-stack sealpost-inspection__details">
      <DescriptionList isCompact isHorizontal horizontalTermWidthModifier={{ default: '14ch' }}>
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <DescriptionListGroup key={name}>
              <DescriptionListTerm>{name}</DescriptionListTerm>
              <DescriptionListDescription>{value}</DescriptionListDescription>
            </DescriptionListGroup>
          ))}
      </DescriptionList>
      <div className="sealpost-actions">
        {personId !== null && (
          <Button
            variant="secondary"
            size="sm"
            onClick={() => {
              change({ person: personId });
            }}
          >
            {t('inspection.detail.onlyPerson')}
          </Button>
        )}
        <Button
          variant="secondary"
          size="sm"
          onClick={() => {
            change({ action });
          }}
        >
          {t('inspection.detail.onlyAction')}
        </Button>
        {documentId !== null && (
          <Button
            variant="secondary"
            size="sm"
            onClick={() => {
              change({ document: documentId });
            }}
          >
            {t('inspection.detail.onlyDocument')}
          </Button>
        )}
      </div>
    </div>
  );
}
