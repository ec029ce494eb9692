import { FormGroup, TextArea } from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { FormDialog } from '../../parts/form-dialog';

interface Props {
  readonly isPending: boolean;
  readonly onInitial: (comment: string) => void;
  readonly onClose: () => void;
}

/** Ký nháy, with what the reviewer has to say. */
export function InitialDialog({ isPending, onInitial, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [comment, setComment] = useState('');
  return (
    <FormDialog
      title={t('document.ask.initial')}
      action={t('document.act.initial')}
      isReady
      isPending={isPending}
      onSend={() => {
        onInitial(comment.trim());
      }}
      onClose={onClose}
    >
      <FormGroup label={`${t('document.ask.comment')} (${t('common.optional')})`} fieldId={id}>
        <TextArea
          id={id}
          value={comment}
          rows={3}
          maxLength={1000}
          autoFocus
          resizeOrientation="vertical"
          onChange={(_event, value) => {
            setComment(value);
          }}
        />
      </FormGroup>
    </FormDialog>
  );
}
