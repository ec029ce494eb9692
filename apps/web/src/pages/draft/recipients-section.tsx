import { Button, FormGroup, TextInput } from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Agency } from '../../api/types';
import { Finder } from '../../parts/finder';
import type { ChosenRecipient } from './draft-fields';
import { goesOnPaper } from './draft-fields';
import { OutsideRecipient } from './outside-recipient';
import { RecipientRow } from './recipient-row';
import type { ChoosingRecipients } from './recipient-shortcuts';
import { RecipientShortcuts } from './recipient-shortcuts';

/** More are shown by a button: a document for every commune has thousands. */
const atOnce = 30;

/** Nơi nhận: agencies by search, group or "như lần trước", each with its channel and copies; others on paper. */
export function RecipientsSection({ draft }: { readonly draft: ChoosingRecipients }) {
  const { t } = useTranslation();
  const id = useId();
  const [shown, setShown] = useState(atOnce);
  const { fields, change, missing } = draft;
  const { recipients, paperRecipients } = fields;
  const put = (index: number, next: ChosenRecipient | undefined): void => {
    change({ recipients: next ? recipients.with(index, next) : recipients.toSpliced(index, 1) });
  };
  const count = recipients.length + paperRecipients.length;
  return (
    <>
      {count === 0 ? (
        <p className="sealpost-quiet">{t('draft.recipients.none')}</p>
      ) : (
        <p role="status">{t('draft.recipients.count', { count })}</p>
      )}
      {count > 0 && (
        <ul className="sealpost-rows" aria-label={t('draft.section.recipients')}>
          {recipients.slice(0, shown).map((recipient, index) => (
            <RecipientRow
              key={recipient.agencyId}
              recipient={recipient}
              channels={['electronic', 'kt1', 'post', 'direct']}
              onChange={(next) => {
                put(index, next);
              }}
              onRemove={() => {
                put(index, undefined);
              }}
            />
          ))}
          {paperRecipients.map((recipient, index) => (
            <RecipientRow
              key={`${recipient.name} ${recipient.address ?? ''}`}
              recipient={{ ...recipient, copies: recipient.copies ?? 1 }}
              channels={['kt1', 'post', 'direct']}
              onChange={(next) => {
                change({ paperRecipients: paperRecipients.with(index, next) });
              }}
              onRemove={() => {
                change({ paperRecipients: paperRecipients.toSpliced(index, 1) });
              }}
            />
          ))}
        </ul>
      )}
      {recipients.length > shown && (
        <Button
          variant="link"
          onClick={() => {
            setShown(shown + 100);
          }}
        >
          {t('common.more')}
        </Button>
      )}
      {goesOnPaper(fields) && (
        <FormGroup label={t('draft.field.paperReason')} fieldId={`${id}-reason`} isRequired>
          <TextInput
            id={`${id}-reason`}
            value={fields.paperReason}
            maxLength={500}
            isRequired
            validated={missing.includes('paperReason') ? 'error' : 'default'}
            onChange={(_event, paperReason) => {
              change({ paperReason });
            }}
          />
        </FormGroup>
      )}
      <Finder<Agency>
        label={t('draft.recipients.find')}
        hint={t('draft.recipients.findHint')}
        pathOf={(typed) => `/agencies?limit=20&q=${encodeURIComponent(typed)}`}
        nameOf={({ name }) => name}
        detailOf={({ code }) => code}
        chosen={new Set(recipients.map(({ agencyId }) => agencyId))}
        onPick={({ id: agencyId, name }) => {
          change({ recipients: [...recipients, { agencyId, name, channel: 'electronic', copies: 1 }] });
        }}
      />
      <RecipientShortcuts draft={draft} />
      <OutsideRecipient
        onAdd={(recipient) => {
          change({ paperRecipients: [...paperRecipients, recipient] });
        }}
      />
    </>
  );
}
