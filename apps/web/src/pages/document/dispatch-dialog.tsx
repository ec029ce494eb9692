import { FormGroup, TextInput } from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { DispatchView } from '../../api/types';
import { fromVietnamInput, nowForInput } from '../../formats/moments';
import { useAct } from '../../parts/act';
import { FormDialog } from '../../parts/form-dialog';
import { MomentField } from '../../parts/when-fields';

export type DispatchStep = 'handed' | 'received' | 'told';

interface Props {
  readonly documentId: string;
  readonly dispatch: DispatchView;
  readonly step: DispatchStep;
  readonly onClose: () => void;
}

/** Enters when paper left the agency, who signed for it and when, or who was told what became of the document. */
export function DispatchDialog({ documentId, dispatch, step, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [at, setAt] = useState(nowForInput);
  const [text, setText] = useState('');
  const said = text.trim();
  const entering = useAct(
    () =>
      send('POST', `/documents/${documentId}/dispatches/${dispatch.n}/${step}`, {
        at: fromVietnamInput(at),
        ...(step !== 'handed' && { by: said }),
        ...(step === 'handed' && said !== '' && { receiptNo: said }),
      }),
    { done: t(`document.done.${step}`), then: onClose },
  );
  return (
    <FormDialog
      title={t(`document.recipients.${step}`)}
      description={dispatch.name}
      action={t('common.save')}
      isReady={at !== '' && (step === 'handed' || said !== '')}
      isPending={entering.isPending}
      onSend={() => {
        entering.act(undefined);
      }}
      onClose={onClose}
    >
      <MomentField
        label={t(`document.recipients.${step}At`)}
        value={at}
        isRequired
        autoFocus
        onChange={setAt}
      />
      <FormGroup
        label={t(step === 'handed' ? 'document.recipients.receiptNo' : 'document.recipients.receivedBy')}
        fieldId={`${id}-text`}
        isRequired={step !== 'handed'}
      >
        <TextInput
          id={`${id}-text`}
          value={text}
          maxLength={step === 'handed' ? 50 : 200}
          isRequired={step !== 'handed'}
          onChange={(_event, value) => {
            setText(value);
          }}
        />
      </FormGroup>
    </FormDialog>
  );
}
