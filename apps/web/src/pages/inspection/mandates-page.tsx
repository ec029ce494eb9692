import { Button, PageSection } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MandateView } from '../../api/types';
import { day, moment } from '../../formats/moments';
import { EndlessList } from '../../parts/endless-list';
import { PageTitle } from '../../parts/page-title';
import { PersonName } from '../../parts/person-name';
import { useSession } from '../../shell/session';
import './inspection.css';
import { MandateActs } from './mandate-acts';
import { MandateDialog } from './mandate-dialog';
import { MandateState } from './mandate-state';

/** Inspection decisions of the own commission: what each allows, in which state it is, and what can be done. */
export default function MandatesPage() {
  const { t } = useTranslation();
  const { policies } = useSession();
  const [isEntering, setEntering] = useState(false);
  const span = (from: string, to: string) => (
    <span className="sealpost-inspection__span">
      {t('inspection.mandates.span', { from: day(from), to: day(to) })}
    </span>
  );
  return (
    <>
      <PageTitle
        title={t('inspection.mandates.title')}
        lead={t('inspection.mandates.lead')}
        actions={
          policies.includes('mandate.enter') && (
            <Button
              onClick={() => {
                setEntering(true);
              }}
            >
              {t('inspection.mandates.enter')}
            </Button>
          )
        }
      />
      <PageSection hasBodyWrapper={false} className="sealpost-inspection">
        <EndlessList<MandateView>
          path="/mandates"
          label={t('inspection.mandates.title')}
          empty={t('inspection.mandates.empty')}
          idOf={({ id }) => id}
          columns={[
            {
              key: 'decision',
              title: t('inspection.mandates.decision'),
              wide: true,
              cell: ({ decision, subject }) => (
                <>
                  <strong>{decision}</strong>
                  <div>{subject}</div>
                </>
              ),
            },
            {
              key: 'agencies',
              title: t('inspection.mandates.agencies'),
              cell: ({ agencies }) => (
                <ul>
                  {agencies.map(({ id, name }) => (
                    <li key={id}>{name}</li>
                  ))}
                </ul>
              ),
            },
            {
              key: 'period',
              title: t('inspection.mandates.period'),
              cell: ({ periodFrom, periodTo }) => span(periodFrom, periodTo),
            },
            {
              key: 'team',
              title: t('inspection.mandates.team'),
              cell: ({ members }) => members.map(({ fullName }) => fullName).join(', '),
            },
            {
              key: 'inForce',
              title: t('inspection.mandates.inForce'),
              cell: ({ opensOn, expiresOn }) => span(opensOn, expiresOn),
            },
            {
              key: 'state',
              title: t('common.state'),
              cell: (mandate) => <State mandate={mandate} />,
            },
            {
              key: 'acts',
              title: t('inspection.mandates.act'),
              cell: (mandate) => <MandateActs mandate={mandate} />,
            },
          ]}
        />
      </PageSection>
      {isEntering && (
        <MandateDialog
          onClose={() => {
            setEntering(false);
          }}
        />
      )}
    </>
  );
}

function State({ mandate }: { readonly mandate: MandateView }) {
  const { t } = useTranslation();
  const { state, enteredBy, confirmedBy, closedAt } = mandate;
  return (
    <>
      <MandateState state={state} />
      <div className="sealpost-quiet">
        {t('inspection.mandates.enteredBy')}: <PersonName id={enteredBy} />
      </div>
      {confirmedBy !== null && (
        <div className="sealpost-quiet">
          {t('inspection.mandates.confirmedBy')}: <PersonName id={confirmedBy} />
        </div>
      )}
      {closedAt !== null && (
        <div className="sealpost-quiet">
          {t('inspection.mandates.closedAt', { moment: moment(closedAt) })}
        </div>
      )}
    </>
  );
}
