import { Label, Title } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { NodeHealth } from '../../api/types';
import { moment } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { ItemTable } from '../../parts/item-table';

const tsaColours = { up: 'green', down: 'red', none: 'orange' } as const;

/** What signing and verifying rest on, and the last backup. */
export function Trust({ health: { tsa, crls, lastBackup } }: { readonly health: NodeHealth }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <>
      <section aria-labelledby={`${id}-tsa`} className="sealpost-stack">
        <Title headingLevel="h2" size="md" id={`${id}-tsa`}>
          {t('health.services')}
        </Title>
        <ul className="sealpost-lines">
          <li className="sealpost-actions">
            <span>{t('health.tsa.name')}</span>
            <Label color={tsaColours[tsa.state]}>{t(`health.tsa.${tsa.state}`)}</Label>
            {tsa.milliseconds !== null && (
              <span className="sealpost-quiet">
                {t('health.tsa.milliseconds', { shown: number(tsa.milliseconds) })}
              </span>
            )}
          </li>
          <li className="sealpost-actions">
            <span>{t('health.backup')}</span>
            <span className="sealpost-number">
              {lastBackup === null ? t('health.noBackup') : moment(lastBackup)}
            </span>
          </li>
        </ul>
      </section>
      <section aria-labelledby={`${id}-crls`} className="sealpost-stack">
        <Title headingLevel="h2" size="md" id={`${id}-crls`}>
          {t('health.crls')}
        </Title>
        {crls.length === 0 ? (
          <p>{t('health.noCrls')}</p>
        ) : (
          <ItemTable
            label={t('health.crls')}
            items={crls}
            idOf={({ issuer, thisUpdate }) => `${issuer} ${thisUpdate}`}
            columns={[
              {
                key: 'issuer',
                title: t('health.issuer'),
                cell: ({ issuer }) => <span className="sealpost-abstract">{issuer}</span>,
              },
              {
                key: 'state',
                title: t('common.state'),
                cell: ({ state }) => (
                  <Label color={state === 'fresh' ? 'green' : 'red'}>{t(`health.${state}`)}</Label>
                ),
              },
              {
                key: 'thisUpdate',
                title: t('health.thisUpdate'),
                cell: ({ thisUpdate }) => <span className="sealpost-number">{moment(thisUpdate)}</span>,
              },
              {
                key: 'nextUpdate',
                title: t('health.nextUpdate'),
                cell: ({ nextUpdate }) =>
                  nextUpdate !== null && <span className="sealpost-number">{moment(nextUpdate)}</span>,
              },
            ]}
          />
        )}
      </section>
    </>
  );
}
