import { Button } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';

import { get } from '../../api/client';
import type { AdministeredAgency } from '../../api/types';
import { useSession } from '../../shell/session';
import { Administration } from './administration';
import { AgencyFacts } from './agency-facts';
import { ChangeAgency, NewAgency } from './agency-forms';
import { Bodies } from './bodies';
import { EndAgency } from './end-agency';
import { Posts } from './posts';
import { standingOf, Validity } from './validity';
import { NotYet } from '../../parts/loading';

/** One agency: what it is, in whose names it issues, and its posts. */
export default function AgencyPage() {
  const { t } = useTranslation();
  const { id } = useParams<{ id: string }>();
  const { agency: own } = useSession();
  const [open, setOpen] = useState<'below' | 'change' | 'end'>();
  const { data: agency, error } = useQuery({
    queryKey: ['agency', id],
    queryFn: ({ signal }) => get<AdministeredAgency>(`/admin/agencies/${id}`, signal),
    refetchOnWindowFocus: false,
  });
  const close = (): void => {
    setOpen(undefined);
  };
  if (agency === undefined)
    return (
      <Administration part="agencies" title={t('administration.agencies.title')}>
        <NotYet error={error} />
      </Administration>
    );
  const hasEnded = standingOf(agency) === 'ended';
  return (
    <Administration
      part="agencies"
      title={agency.name}
      marks={<Validity of={agency} />}
      actions={
        hasEnded
          ? null
          : [
              <Button
                key="below"
                onClick={() => {
                  setOpen('below');
                }}
              >
                {t('administration.agencies.below')}
              </Button>,
              <Button
                key="change"
                variant="secondary"
                onClick={() => {
                  setOpen('change');
                }}
              >
                {t('administration.act.change')}
              </Button>,
              // The own office would end along with the own agency.
              ...(agency.id === own.id
                ? []
                : [
                    <Button
                      key="end"
                      variant="danger"
                      onClick={() => {
                        setOpen('end');
                      }}
                    >
                      {t('administration.act.end')}
                    </Button>,
                  ]),
            ]
      }
    >
      <AgencyFacts agency={agency} />
      <Bodies agencyId={agency.id} />
      <Posts agencyId={agency.id} />
      {open === 'below' && <NewAgency parent={agency} onClose={close} />}
      {open === 'change' && <ChangeAgency agency={agency} onClose={close} />}
      {open === 'end' && <EndAgency agency={agency} onClose={close} />}
    </Administration>
  );
}
