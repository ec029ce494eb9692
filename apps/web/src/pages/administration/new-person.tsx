import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';

import { send } from '../../api/client';
import type { AdministeredPerson } from '../../api/types';
import { useAct } from '../../parts/act';
import { TextField } from '../../parts/fields';
import { FormDialog } from '../../parts/form-dialog';
import { useSession } from '../../shell/session';
import { appointmentBody, isWhole, newAppointment } from './appointment';
import { AppointmentFields } from './appointment-fields';

/** Enters a person with a first appointment, then shows the person: a login comes next. */
export function NewPerson({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { agency: own } = useSession();
  const [fullName, setFullName] = useState('');
  const [appointment, setAppointment] = useState(() => newAppointment(own));
  const entering = useAct(
    () =>
      send<AdministeredPerson>('POST', '/admin/people', {
        fullName: fullName.trim(),
        appointment: appointmentBody(appointment),
      }),
    {
      done: t('administration.done.saved'),
      then: ({ id }) => {
        go(`/administration/people/${id}`);
      },
    },
  );
  return (
    <FormDialog
      title={t('administration.people.add')}
      action={t('administration.act.add')}
      variant="medium"
      isReady={fullName.trim().length >= 2 && isWhole(appointment)}
      isPending={entering.isPending}
      onSend={() => {
        entering.act(undefined);
      }}
      onClose={onClose}
    >
      <TextField
        label={t('administration.people.name')}
        hint={t('administration.people.nameHint')}
        isRequired
        autoFocus
        maxLength={100}
        value={fullName}
        onChange={setFullName}
      />
      <AppointmentFields appointment={appointment} onChange={setAppointment} />
    </FormDialog>
  );
}
