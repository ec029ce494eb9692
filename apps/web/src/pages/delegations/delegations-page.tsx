import { Button, Label, PageSection } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DelegationView } from '../../api/types';
import { day } from '../../formats/moments';
import { EndlessList } from '../../parts/endless-list';
import { PageTitle } from '../../parts/page-title';
import { ReasonedAct } from '../../parts/reasoned-act';
import { useSession } from '../../shell/session';
import { DelegateDialog } from './delegate-dialog';

const colours = { coming: 'blue', 'in-force': 'green', over: 'grey' } as const;

/** Delegations given and received; for an administrator, those of the administered agencies. */
export default function DelegationsPage() {
  const { t } = useTranslation();
  const { policies, person } = useSession();
  const [isGiving, setGiving] = useState(false);
  const [ending, setEnding] = useState<DelegationView>();
  const mayEnd = ({ state, from }: DelegationView): boolean =>
    state !== 'over' && (from.personId === person.id || policies.includes('directory.administer'));
  return (
    <>
      <PageTitle
        title={t('delegations.title')}
        lead={t('delegations.lead')}
        actions={
          policies.includes('delegation.give') && (
            <Button
              onClick={() => {
                setGiving(true);
              }}
            >
              {t('delegations.add')}
            </Button>
          )
        }
      />
      <PageSection hasBodyWrapper={false}>
        <EndlessList<DelegationView>
          path="/delegations"
          label={t('delegations.title')}
          empty={t('delegations.empty')}
          idOf={({ id }) => id}
          columns={[
            {
              key: 'from',
              title: t('delegations.from'),
              cell: ({ from }) => (
                <>
                  {from.fullName}
                  <div className="sealpost-quiet">{from.postTitle}</div>
                </>
              ),
            },
            { key: 'to', title: t('delegations.to'), cell: ({ to }) => to.fullName },
            {
              key: 'time',
              title: t('delegations.time'),
              cell: ({ state, validFrom, validTo }) => (
                <>
                  <Label color={colours[state]}>{t(`delegations.state.${state}`)}</Label>
                  <div className="sealpost-quiet">
                    {t('delegations.fromTo', { from: day(validFrom), to: day(validTo) })}
                  </div>
                </>
              ),
            },
            {
              key: 'ceiling',
              title: t('delegations.ceiling'),
              cell: ({ ceiling, types }) => (
                <>
                  {t(`marks.secrecy.${ceiling}`)}
                  <div className="sealpost-quiet">{types?.join(', ') ?? t('delegations.allTypes')}</div>
                </>
              ),
            },
            { key: 'reason', title: t('delegations.reason'), cell: ({ reason }) => reason },
            {
              key: 'end',
              title: t('delegations.end'),
              cell: (delegation) =>
                mayEnd(delegation) && (
                  <Button
                    variant="link"
                    isInline
                    isDanger
                    aria-label={t('delegations.endTitle', { name: delegation.to.fullName })}
                    onClick={() => {
                      setEnding(delegation);
                    }}
                  >
                    {t('delegations.end')}
                  </Button>
                ),
            },
          ]}
        />
      </PageSection>
      {isGiving && (
        <DelegateDialog
          onClose={() => {
            setGiving(false);
          }}
        />
      )}
      {ending && (
        <ReasonedAct
          path={`/delegations/${ending.id}/end`}
          done={t('delegations.ended')}
          title={t('delegations.endTitle', { name: ending.to.fullName })}
          action={t('delegations.end')}
          hint={t('delegations.endHint')}
          isDanger
          onClose={() => {
            setEnding(undefined);
          }}
        />
      )}
    </>
  );
}
