import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import { today } from '../../formats/moments';
import { useAct } from '../../parts/act';
import { FormDialog } from '../../parts/form-dialog';
import { isReason, ReasonField } from '../../parts/reason-field';
import { DayField } from '../../parts/when-fields';
import { useAsOpened } from '../../parts/use-as-opened';

interface Props {
  readonly title: string;
  /** What ends along with it. */
  readonly note?: string;
  /** Path of the row below /admin. */
  readonly path: string;
  readonly version: number;
  /** What is sent beside the day and the reason. */
  readonly more?: object;
  readonly children?: ReactNode;
  readonly onClose: () => void;
}

/** Ends something on a day, by a decision; nothing is deleted. */
export function EndDialog({ title, note, path, version: current, more, children, onClose }: Props) {
  const { t } = useTranslation();
  const version = useAsOpened(current);
  const [validTo, setValidTo] = useState(today());
  const [reason, setReason] = useState('');
  const ending = useAct(
    () => send('POST', `/admin/${path}/end`, { validTo, reason: reason.trim(), ...more }, { version }),
    { done: t('administration.done.ended'), then: onClose },
  );
  return (
    <FormDialog
      title={title}
      {...(note !== undefined && { description: note })}
      action={t('administration.act.end')}
      isDanger
      isReady={validTo !== '' && isReason(reason)}
      isPending={ending.isPending}
      onSend={() => {
        ending.act(undefined);
      }}
      onClose={onClose}
    >
      <DayField
        label={t('administration.field.end')}
        hint={t('administration.field.endHint')}
        isRequired
        autoFocus
        value={validTo}
        onChange={setValidTo}
      />
      {children}
      <ReasonField reason={reason} hint={t('administration.field.decisionHint')} onChange={setReason} />
    </FormDialog>
  );
}
