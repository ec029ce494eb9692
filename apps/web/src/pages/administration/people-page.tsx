import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { AdministeredPerson } from '../../api/types';
import { EndlessList } from '../../parts/endless-list';
import { query, useAddress } from '../../parts/use-address';
import { Administration } from './administration';
import { NewPerson } from './new-person';
import { SearchField } from './search-field';
import { standingOf } from './validity';

/** People of the administered agencies. */
export default function PeoplePage() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const title = t('administration.people.title');
  const path = `/admin/people${query({ query: useAddress().value('q').trim() })}`;
  return (
    <Administration
      part="people"
      title={title}
      lead={t('administration.people.lead')}
      actions={
        <Button
          onClick={() => {
            setOpen(true);
          }}
        >
          {t('administration.people.add')}
        </Button>
      }
    >
      <SearchField label={t('administration.people.find')} hint={t('administration.people.findHint')} />
      <EndlessList<AdministeredPerson>
        path={path}
        label={title}
        empty={t('administration.people.empty')}
        idOf={({ id }) => id}
        columns={[
          {
            key: 'name',
            title: t('administration.people.name'),
            cell: ({ id, fullName }) => <Link href={`/administration/people/${id}`}>{fullName}</Link>,
          },
          {
            key: 'posts',
            title: t('administration.people.held'),
            cell: (person) =>
              heldBy(person).map(({ id, postTitle, agencyName }) => (
                <div key={id}>
                  {postTitle}, {agencyName}
                </div>
              )),
          },
          {
            key: 'roles',
            title: t('administration.people.roles'),
            cell: (person) =>
              [...new Set(heldBy(person).flatMap(({ roles }) => roles))]
                .map((role) => t(`administration.role.${role}`))
                .join(', '),
          },
        ]}
      />
      {isOpen && (
        <NewPerson
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </Administration>
  );
}

const heldBy = ({ appointments }: AdministeredPerson): AdministeredPerson['appointments'] =>
  appointments.filter((appointment) => standingOf(appointment) !== 'ended');
