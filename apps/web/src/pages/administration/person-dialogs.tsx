import { Checkbox } from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { AdministeredPerson } from '../../api/types';
import { useAct } from '../../parts/act';
import { ChecksField, TextField } from '../../parts/fields';
import { FormDialog } from '../../parts/form-dialog';
import { useAsOpened } from '../../parts/use-as-opened';
import { useSession } from '../../shell/session';
import { appointmentBody, isWhole, newAppointment, roles } from './appointment';
import { AppointmentFields } from './appointment-fields';

interface Props {
  readonly person: AdministeredPerson;
  readonly onClose: () => void;
}

/** Corrects a name. */
export function ChangeName({ person, onClose }: Props) {
  const { t } = useTranslation();
  const { version } = useAsOpened(person);
  const [fullName, setFullName] = useState(person.fullName);
  const changing = useAct(
    () => send('PATCH', `/admin/people/${person.id}`, { fullName: fullName.trim() }, { version }),
    { done: t('administration.done.saved'), then: onClose },
  );
  return (
    <FormDialog
      title={t('administration.people.changeTitle')}
      action={t('common.save')}
      isReady={fullName.trim().length >= 2}
      isPending={changing.isPending}
      onSend={() => {
        changing.act(undefined);
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
    </FormDialog>
  );
}

/** Appoints to one more post. */
export function AppointDialog({ person, onClose }: Props) {
  const { t } = useTranslation();
  const { agency: own } = useSession();
  const [appointment, setAppointment] = useState(() => newAppointment(own));
  const appointing = useAct(
    () => send('POST', `/admin/people/${person.id}/appointments`, appointmentBody(appointment)),
    { done: t('administration.people.appointed'), then: onClose },
  );
  return (
    <FormDialog
      title={t('administration.people.appointTitle', { name: person.fullName })}
      action={t('administration.act.add')}
      variant="medium"
      isReady={isWhole(appointment)}
      isPending={appointing.isPending}
      onSend={() => {
        appointing.act(undefined);
      }}
      onClose={onClose}
    >
      <AppointmentFields appointment={appointment} onChange={setAppointment} />
    </FormDialog>
  );
}

/** Changes the roles that come with a post. */
export function ChangeRoles({
  appointment,
  onClose,
}: {
  readonly appointment: AdministeredPerson['appointments'][number];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [held, setHeld] = useState(appointment.roles);
  const [acting, setActing] = useState(appointment.acting);
  const changing = useAct(
    () =>
      send(
        'PATCH',
        `/admin/appointments/${appointment.id}`,
        { roles: held, acting },
        { version: appointment.version },
      ),
    { done: t('administration.done.saved'), then: onClose },
  );
  return (
    <FormDialog
      title={t('administration.people.changeRolesTitle', { post: appointment.postTitle })}
      action={t('common.save')}
      isReady
      isPending={changing.isPending}
      onSend={() => {
        changing.act(undefined);
      }}
      onClose={onClose}
    >
      <ChecksField
        label={t('administration.people.roles')}
        values={held}
        choices={roles.map((value) => ({ value, label: t(`administration.role.${value}`) }))}
        onChange={setHeld}
      />
      <Checkbox
        id={`${id}-acting`}
        label={t('administration.people.acting')}
        isChecked={acting}
        onChange={(_event, isChecked) => {
          setActing(isChecked);
        }}
      />
    </FormDialog>
  );
}
