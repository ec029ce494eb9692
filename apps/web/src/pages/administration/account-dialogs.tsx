import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { AdministeredPerson, GivenPassword } from '../../api/types';
import { useAct } from '../../parts/act';
import { TextField } from '../../parts/fields';
import { FormDialog } from '../../parts/form-dialog';
import { ReasonDialog } from '../../parts/reason-dialog';
import { loginNamePattern } from './patterns';

interface Props {
  readonly person: AdministeredPerson;
  readonly onGiven: (given: GivenPassword) => void;
  readonly onClose: () => void;
}

/** Gives a person a login under a name; its first password is shown then. */
export function CreateAccount({ person, onGiven, onClose }: Props) {
  const { t } = useTranslation();
  const [loginName, setLoginName] = useState('');
  const creating = useAct(
    () => send<GivenPassword>('POST', `/admin/people/${person.id}/account`, { loginName: loginName.trim() }),
    { then: onGiven },
  );
  return (
    <FormDialog
      title={t('administration.account.create')}
      action={t('administration.account.create')}
      isReady={loginName.trim().length >= 3}
      isPending={creating.isPending}
      onSend={() => {
        creating.act(undefined);
      }}
      onClose={onClose}
    >
      <TextField
        label={t('administration.account.loginName')}
        hint={t('administration.account.loginNameHint')}
        pattern={loginNamePattern}
        autoComplete="off"
        isRequired
        autoFocus
        maxLength={100}
        value={loginName}
        onChange={setLoginName}
      />
    </FormDialog>
  );
}

/** What is done to a login for a reason: a new password, locked, unlocked. */
export function AccountReason({
  act,
  person,
  onGiven,
  onClose,
}: Props & { readonly act: 'reset' | 'lock' | 'unlock' }) {
  const { t } = useTranslation();
  const told = {
    lock: 'administration.account.lockedNow',
    unlock: 'administration.account.unlockedNow',
  } as const;
  const doing = useAct(
    (reason: string) =>
      send<GivenPassword | undefined>('POST', `/admin/people/${person.id}/account/${act}`, { reason }),
    {
      ...(act !== 'reset' && { done: t(told[act]) }),
      then: (given) => {
        if (given) onGiven(given);
        else onClose();
      },
    },
  );
  return (
    <ReasonDialog
      title={t(`administration.account.${act}Title`, { name: person.fullName })}
      action={t(`administration.account.${act}`)}
      hint={t('administration.account.reasonHint')}
      {...(act === 'lock' && { isDanger: true })}
      isPending={doing.isPending}
      onReason={doing.act}
      onClose={onClose}
    />
  );
}
