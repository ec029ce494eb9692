import { Button } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';

import { get } from '../../api/client';
import type { AdministeredPerson } from '../../api/types';
import { Account } from './account';
import { Administration } from './administration';
import { Appointments } from './appointments';
import { AppointDialog, ChangeName } from './person-dialogs';
import { NotYet } from '../../parts/loading';

/** One person: posts and roles, and the login. */
export default function PersonPage() {
  const { t } = useTranslation();
  const { id } = useParams<{ id: string }>();
  const [open, setOpen] = useState<'name' | 'appoint'>();
  const { data: person, error } = useQuery({
    queryKey: ['administered-person', id],
    queryFn: ({ signal }) => get<AdministeredPerson>(`/admin/people/${id}`, signal),
    refetchOnWindowFocus: false,
  });
  const close = (): void => {
    setOpen(undefined);
  };
  if (person === undefined)
    return (
      <Administration part="people" title={t('administration.people.title')}>
        <NotYet error={error} />
      </Administration>
    );
  return (
    <Administration
      part="people"
      title={person.fullName}
      actions={[
        <Button
          key="appoint"
          onClick={() => {
            setOpen('appoint');
          }}
        >
          {t('administration.people.appoint')}
        </Button>,
        <Button
          key="name"
          variant="secondary"
          onClick={() => {
            setOpen('name');
          }}
        >
          {t('administration.people.changeTitle')}
        </Button>,
      ]}
    >
      <Appointments person={person} />
      <Account person={person} />
      {open === 'appoint' && <AppointDialog person={person} onClose={close} />}
      {open === 'name' && <ChangeName person={person} onClose={close} />}
    </Administration>
  );
}
