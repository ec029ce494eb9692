import {
  Alert,
  Button,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  TextInput,
} from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { SessionAnswer } from '../../api/types';
import icon from '../../icon.svg';
import { chooseLanguage } from '../../i18n';
import { ProblemAlert } from '../../parts/problem-alert';
import { usePageTitle } from '../../parts/page-title';
import { useLogin } from '../../shell/session';

/** @param ended the session that ended by itself, whose work waits behind this page */
export function LoginPage({ ended }: { readonly ended: SessionAnswer | null }) {
  const { t, i18n } = useTranslation();
  const login = useLogin(ended);
  const [loginName, setLoginName] = useState('');
  const [password, setPassword] = useState('');
  const opening = useMutation({ mutationFn: () => login(loginName.trim(), password) });
  const other = i18n.language === 'vi' ? 'en' : 'vi';
  usePageTitle(t('shell.login.title'));
  return (
    <div className="sealpost-login">
      <header className="sealpost-login__brand">
        <img src={icon} alt="" width={56} height={56} />
        <p className="sealpost-login__name">{t('shell.product')}</p>
        <p>{t('shell.claim')}</p>
      </header>
      <main className="sealpost-login__card">
        <h1>{t('shell.login.title')}</h1>
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            opening.mutate();
          }}
        >
          {ended && !opening.error && (
            <Alert isInline variant="info" component="p" title={t('shell.login.ended')} />
          )}
          {opening.error && <ProblemAlert error={opening.error} />}
          <FormGroup label={t('shell.login.name')} fieldId="login-name" isRequired>
            <TextInput
              id="login-name"
              value={loginName}
              autoComplete="username"
              autoCapitalize="none"
              isRequired
              onChange={(_event, value) => {
                setLoginName(value);
              }}
            />
            <FormHelperText>
              <HelperText>
                <HelperTextItem>{t('shell.login.nameHint')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          <FormGroup label={t('shell.login.password')} fieldId="password" isRequired>
            <TextInput
              id="password"
              type="password"
              value={password}
              autoComplete="current-password"
              isRequired
              onChange={(_event, value) => {
                setPassword(value);
              }}
            />
          </FormGroup>
          <Button type="submit" isBlock isLoading={opening.isPending} isDisabled={opening.isPending}>
            {t('shell.login.action')}
          </Button>
        </Form>
        <p className="sealpost-quiet">{t('shell.demo')}</p>
        <Button
          variant="link"
          isInline
          lang={other}
          onClick={() => {
            void chooseLanguage(other);
          }}
        >
          {t('shell.language')}
        </Button>
      </main>
    </div>
  );
}
