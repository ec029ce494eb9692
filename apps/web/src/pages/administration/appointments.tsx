import { Title } from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AdministeredPerson } from '../../api/types';
import { ItemTable } from '../../parts/item-table';
import { EndDialog } from './end-dialog';
import { ChangeRoles } from './person-dialogs';
import { standingColumns } from './standing-columns';

type Appointment = AdministeredPerson['appointments'][number];

/** All posts of a person in administered agencies, with their roles. */
export function Appointments({ person }: { readonly person: AdministeredPerson }) {
  const { t } = useTranslation();
  const id = useId();
  const title = t('administration.people.appointments');
  const [open, setOpen] = useState<{ readonly change?: Appointment; readonly end?: Appointment }>({});
  const close = (): void => {
    setOpen({});
  };
  return (
    <section aria-labelledby={id} className="sealpost-stack">
      <Title headingLevel="h2" size="md" id={id}>
        {title}
      </Title>
      <ItemTable
        label={title}
        items={person.appointments}
        idOf={({ id: appointmentId }) => appointmentId}
        columns={[
          {
            key: 'post',
            title: t('administration.people.post'),
            cell: ({ acting, postTitle, agencyName }) => (
              <>
                {acting && `${t('administration.posts.acting')} `}
                {postTitle}
                <div className="sealpost-quiet">{agencyName}</div>
              </>
            ),
          },
          {
            key: 'roles',
            title: t('administration.people.roles'),
            cell: ({ roles }) =>
              roles.length === 0
                ? t('administration.people.noRoles')
                : roles.map((role) => t(`administration.role.${role}`)).join(', '),
          },
          ...standingColumns<Appointment>({
            t,
            nameOf: ({ postTitle }) => postTitle,
            onChange: (change) => {
              setOpen({ change });
            },
            onEnd: (end) => {
              setOpen({ end });
            },
          }),
        ]}
      />
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
