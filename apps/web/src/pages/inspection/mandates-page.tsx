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
              cell: ({ decision, subject, agencies }) => (
                <>
                  <strong>{decision}</strong>
                  <div>{subject}</div>
                  <div className="sealpost-quiet">{agencies.map(({ name }) => name).join(' · ')}</div>
                </>
              ),
            },
            {
              key: 'team',
              title: t('inspection.mandates.team'),
              cell: ({ members }) => members.map(({ fullName }) => fullName).join(', '),
            },
            {
              key: 'days',
              title: t('inspection.mandates.inForce'),
              cell: ({ opensOn, expiresOn, periodFrom, periodTo }) => (
                <div className="sealpost-inspection__days">
                  {t('inspection.mandates.span', { from: day(opensOn), to: day(expiresOn) })}
                  <div className="sealpost-quiet">
                    {t('inspection.mandates.reads', { from: day(periodFrom), to: day(periodTo) })}
                  </div>
                </div>
              ),
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
