import { FormGroup, TextArea } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { Secrecy } from '../../api/types';

interface Props {
  readonly secrecy: Secrecy;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly isRequired?: true;
  readonly onChange: (value: string) => void;
}

/** What somebody says of a document; of a top secret one nothing is written down here. */
export function SaidField({ secrecy, label, value, placeholder, isRequired, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  if (secrecy === 'TUYET_MAT') return <p>{t('incoming.ask.topSecret')}</p>;
  return (
    <FormGroup label={label} fieldId={id} isRequired={isRequired === true}>
      <TextArea
        id={id}
        value={value}
        rows={3}
        maxLength={2000}
        {...(placeholder !== undefined && { placeholder })}
        isRequired={isRequired === true}
        autoFocus={isRequired === true}
        resizeOrientation="vertical"
        onChange={(_event, said) => {
          onChange(said);
        }}
      />
    </FormGroup>
  );
}
