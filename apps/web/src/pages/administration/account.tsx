import { Button, Label, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { AccountView, AdministeredPerson, GivenPassword as Given, Page } from '../../api/types';
import { moment } from '../../formats/moments';
import { ProblemAlert } from '../../parts/problem-alert';
import { AccountReason, CreateAccount } from './account-dialogs';
import { GivenPassword } from './given-password';

const acts = ['reset', 'lock', 'unlock'] as const;

/** The login of a person: whether there is one, whether it is open, and what can be done with it. */
export function Account({ person }: { readonly person: AdministeredPerson }) {
  const { t } = useTranslation();
  const id = useId();
  const [open, setOpen] = useState<'create' | (typeof acts)[number]>();
  const [given, setGiven] = useState<Given>();
  const { data, error } = useQuery({
    queryKey: ['account', person.id],
    queryFn: ({ signal }) => get<Page<AccountView>>(`/admin/accounts?personId=${person.id}`, signal),
    refetchOnWindowFocus: false,
  });
  const account = data?.items[0];
  const close = (): void => {
    setOpen(undefined);
  };
  const showPassword = (answer: Given): void => {
    setOpen(undefined);
    setGiven(answer);
  };
  const possible = acts.filter((act) => act !== (account?.state === 'locked' ? 'lock' : 'unlock'));
  return (
    <section aria-labelledby={id} className="sealpost-stack">
      <Title headingLevel="h2" size="md" id={id}>
        {t('administration.account.title')}
      </Title>
      {error && <ProblemAlert error={error} />}
      {data && !account && (
        <>
          <p>{t('administration.account.none')}</p>
          <div>
            <Button
              variant="secondary"
              onClick={() => {
                setOpen('create');
              }}
            >
              {t('administration.account.create')}
            </Button>
          </div>
        </>
      )}
      {account && (
        <>
          <p className="sealpost-actions">
            <strong>{account.loginName}</strong>
            <Label color={account.state === 'open' ? 'green' : 'red'}>
              {t(`administration.account.${account.state}`)}
            </Label>
            {account.mustChangePassword && (
              <Label color="blue">{t('administration.account.mustChange')}</Label>
            )}
            <span className="sealpost-quiet">
              {account.lastLoginAt === null
                ? t('administration.account.neverLogin')
                : t('administration.account.lastLogin', { moment: moment(account.lastLoginAt) })}
            </span>
          </p>
          <div className="sealpost-actions">
            {possible.map((act) => (
              <Button
                key={act}
                variant="secondary"
                isDanger={act === 'lock'}
                onClick={() => {
                  setOpen(act);
                }}
              >
                {t(`administration.account.${act}`)}
              </Button>
            ))}
          </div>
        </>
      )}
      {open === 'create' && <CreateAccount person={person} onGiven={showPassword} onClose={close} />}
      {open !== undefined && open !== 'create' && (
        <AccountReason act={open} person={person} onGiven={showPassword} onClose={close} />
      )}
      {given && (
        <GivenPassword
          name={person.fullName}
          given={given}
          onClose={() => {
            setGiven(undefined);
          }}
        />
      )}
    </section>
  );
}
