import { Button, Form } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { TextField } from '../../parts/fields';
import { usePageTitle } from '../../parts/page-title';
import { ProblemAlert } from '../../parts/problem-alert';
import { useChangePassword, useLogout } from '../../shell/session';

const shortest = 12;

/** Before anything else: an own password in place of the one that an administrator has given. */
export default function ChangePasswordPage({ loginName }: { readonly loginName: string }) {
  const { t } = useTranslation();
  const changePassword = useChangePassword();
  const logout = useLogout();
  const [current, setCurrent] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  usePageTitle(t('password.title'));

  const isReady = current !== '' && Array.from(fresh).length >= shortest && fresh === again;
  const change = async (): Promise<void> => {
    setPending(true);
    try {
      await changePassword(current, fresh);
    } catch (error) {
      setRefusal(error);
      setPending(false);
    }
  };
  return (
    <div className="sealpost-login">
      <main className="sealpost-login__card">
        <h1>{t('password.title')}</h1>
        <p>{t('password.why')}</p>
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady && !isPending) void change();
          }}
        >
          {refusal !== null && <ProblemAlert error={refusal} />}
          <input type="text" name="username" autoComplete="username" value={loginName} readOnly hidden />
          <TextField
            label={t('password.current')}
            hint={t('password.currentHint')}
            type="password"
            autoComplete="current-password"
            isRequired
            autoFocus
            value={current}
            onChange={setCurrent}
          />
          <TextField
            label={t('password.fresh')}
            hint={t('password.freshHint')}
            type="password"
            autoComplete="new-password"
            isRequired
            value={fresh}
            onChange={setFresh}
          />
          <TextField
            label={t('password.again')}
            {...(again !== '' && again !== fresh && { hint: t('password.differs') })}
            type="password"
            autoComplete="new-password"
            isRequired
            value={again}
            onChange={setAgain}
          />
          <Button type="submit" isBlock isLoading={isPending} isDisabled={!isReady || isPending}>
            {t('password.action')}
          </Button>
        </Form>
        <Button
          variant="link"
          isInline
          onClick={() => {
            logout().catch(setRefusal);
          }}
        >
          {t('shell.logout')}
        </Button>
      </main>
    </div>
  );
}
