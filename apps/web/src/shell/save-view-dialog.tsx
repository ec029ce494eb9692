import { FormGroup, TextInput } from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { FormDialog } from '../parts/form-dialog';
import { Hint } from '../parts/hint';

interface Props {
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks what the view is called in the menu. */
export default function SaveViewDialog({ onName, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [name, setName] = useState('');
  return (
    <FormDialog
      title={t('help.views.save')}
      action={t('common.save')}
      isReady={name.trim() !== ''}
      isPending={false}
      onSend={() => {
        onName(name.trim());
      }}
      onClose={onClose}
    >
      <FormGroup label={t('help.views.name')} fieldId={id} isRequired>
        <TextInput
          id={id}
          value={name}
          maxLength={60}
          isRequired
          autoFocus
          onChange={(_event, value) => {
            setName(value);
          }}
        />
        <Hint>{t('help.views.nameHint')}</Hint>
      </FormGroup>
    </FormDialog>
  );
}
