import { Label, Spinner } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import type { ConsentedDocument } from '../api/types';
import type { ItemOutcome } from './use-signing';

interface Props {
  readonly items: readonly ConsentedDocument[];
  readonly outcomes: ReadonlyMap<string, ItemOutcome>;
  /** Whether signing has begun: then each document says where it stands. */
  readonly isStarted: boolean;
}

/** What a consent covers, document by document and file by file, and what became of each. */
export function SigningList({ items, outcomes, isStarted }: Props) {
  const { t } = useTranslation();
  return (
    <ol aria-label={t('signing.list')} className="sealpost-signing" aria-live="polite">
      {items.map(({ documentId, symbol, title, files }) => (
        <li key={documentId}>
          <p className="sealpost-signing__title">
            {symbol && <span className="sealpost-number">{symbol} · </span>}
            {title}
          </p>
          <ul>
            {files.map((file) => (
              <li key={file.fileId}>
                {t(`signing.${file.role}`)}: {file.title} · {t('common.pages', { count: file.pages })}
                <code>
                  {t('signing.digest')} {file.digest}
                </code>
              </li>
            ))}
          </ul>
          {isStarted && <OutcomeLine outcome={outcomes.get(documentId)} />}
        </li>
      ))}
    </ol>
  );
}

const colours = { signed: 'green', failed: 'red', skipped: 'grey' } as const;

function OutcomeLine({ outcome }: { readonly outcome: ItemOutcome | undefined }) {
  const { t, i18n } = useTranslation();
  if (!outcome)
    return (
      <p>
        <Spinner size="sm" aria-hidden="true" /> {t('signing.outcome.waiting')}
      </p>
    );
  const language = i18n.language === 'en' ? 'en' : 'vi';
  return (
    <p>
      <Label color={colours[outcome.outcome]}>{t(`signing.outcome.${outcome.outcome}`)}</Label>{' '}
      {outcome.level === 'B-B' && t('signing.noTimestamp')}
      {outcome.message?.[language]}
      {outcome.code && <span className="sealpost-quiet"> ({outcome.code})</span>}
    </p>
  );
}
