import { Button, FormGroup, TextInput } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { Agency } from '../../api/types';
import { Finder } from '../../parts/finder';
import type { PaperFields, RequiredField } from './paper-fields';

export interface PaperPartProps {
  readonly fields: PaperFields;
  /** What is missing and was asked for. */
  readonly faults: readonly RequiredField[];
  readonly onChange: (patch: Partial<PaperFields>) => void;
}

/** Who sent it: an agency of the directory, or a name in words. */
export function PaperSender({ fields, faults, onChange }: PaperPartProps) {
  const { t } = useTranslation();
  const id = useId();
  const { sender } = fields;
  if (sender)
    return (
      <FormGroup label={t('incoming.paper.sender')} role="group" fieldId={`${id}-sender`} isRequired>
        {sender.name}{' '}
        <Button
          variant="link"
          isInline
          aria-label={t('incoming.instruct.remove', { name: sender.name })}
          onClick={() => {
            onChange({ sender: undefined });
          }}
        >
          {t('common.remove')}
        </Button>
      </FormGroup>
    );
  return (
    <>
      <Finder<Agency>
        label={t('incoming.paper.senderFind')}
        hint={t('incoming.paper.senderHint')}
        pathOf={(typed) => `/agencies?limit=20&q=${encodeURIComponent(typed)}`}
        nameOf={({ name }) => name}
        detailOf={({ code }) => code}
        chosen={new Set()}
        onPick={({ id: agencyId, name }) => {
          onChange({ sender: { id: agencyId, name }, senderName: '' });
        }}
      />
      <FormGroup label={t('incoming.paper.senderName')} fieldId={`${id}-name`}>
        <TextInput
          id={`${id}-name`}
          value={fields.senderName}
          maxLength={500}
          placeholder={t('incoming.paper.senderNameHint')}
          validated={faults.includes('sender') ? 'error' : 'default'}
          onChange={(_event, senderName) => {
            onChange({ senderName });
          }}
        />
      </FormGroup>
    </>
  );
}
