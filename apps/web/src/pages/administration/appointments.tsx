import { Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AdministeredPerson } from '../../api/types';
import { EndDialog } from './end-dialog';
import { ChangeRoles } from './person-dialogs';
import { RowActions } from './row-actions';
import { standingOf, Validity } from './validity';

type Appointment = AdministeredPerson['appointments'][number];

/** All posts of a person in administered agencies, with their roles. */
export function Appointments({ person }: { readonly person: AdministeredPerson }) {
  const { t } = useTranslation();
  const id = useId();
  const [open, setOpen] = useState<{ readonly change?: Appointment; readonly end?: Appointment }>({});
  const close = (): void => {
    setOpen({});
  };
  return (
    <section aria-labelledby={id} className="sealpost-stack">
      <Title headingLevel="h2" size="md" id={id}>
        {t('administration.people.appointments')}
      </Title>
      <Table aria-labelledby={id} variant="compact" className="sealpost-list">
        <Thead>
          <Tr>
            <Th modifier="nowrap">{t('administration.people.post')}</Th>
            <Th modifier="nowrap">{t('administration.people.roles')}</Th>
            <Th modifier="nowrap">{t('administration.validity.label')}</Th>
            <Th screenReaderText={t('common.change')} />
          </Tr>
        </Thead>
        <Tbody>
          {person.appointments.map((appointment) => (
            <Tr key={appointment.id}>
              <Td dataLabel={t('administration.people.post')}>
                {appointment.acting && `${t('administration.posts.acting')} `}
                {appointment.postTitle}
                <div className="sealpost-quiet">{appointment.agencyName}</div>
              </Td>
              <Td dataLabel={t('administration.people.roles')}>
                {appointment.roles.length === 0
                  ? t('administration.people.noRoles')
                  : appointment.roles.map((role) => t(`administration.role.${role}`)).join(', ')}
              </Td>
              <Td dataLabel={t('administration.validity.label')}>
                <Validity of={appointment} />
              </Td>
              <Td>
                {standingOf(appointment) !== 'ended' && (
                  <RowActions
                    name={appointment.postTitle}
                    onChange={() => {
                      setOpen({ change: appointment });
                    }}
                    onEnd={() => {
                      setOpen({ end: appointment });
                    }}
                  />
                )}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {open.change && <ChangeRoles appointment={open.change} onClose={close} />}
      {open.end && (
        <EndDialog
          title={t('administration.people.endTitle', { post: open.end.postTitle })}
          note={t('administration.people.endNote')}
          path={`appointments/${open.end.id}`}
          version={open.end.version}
          onClose={close}
        />
      )}
    </section>
  );
}
