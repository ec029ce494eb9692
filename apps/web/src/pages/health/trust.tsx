import { Label, Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { NodeHealth } from '../../api/types';
import { moment } from '../../formats/moments';
import { number } from '../../formats/numbers';

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
          <Table aria-labelledby={`${id}-crls`} variant="compact" className="sealpost-list">
            <Thead>
              <Tr>
                <Th modifier="nowrap">{t('health.issuer')}</Th>
                <Th modifier="nowrap">{t('common.state')}</Th>
                <Th modifier="nowrap">{t('health.thisUpdate')}</Th>
                <Th modifier="nowrap">{t('health.nextUpdate')}</Th>
              </Tr>
            </Thead>
            <Tbody>
              {crls.map((crl) => (
                <Tr key={`${crl.issuer} ${crl.thisUpdate}`}>
                  <Td dataLabel={t('health.issuer')}>
                    <span className="sealpost-abstract">{crl.issuer}</span>
                  </Td>
                  <Td dataLabel={t('common.state')}>
                    <Label color={crl.state === 'fresh' ? 'green' : 'red'}>{t(`health.${crl.state}`)}</Label>
                  </Td>
                  <Td dataLabel={t('health.thisUpdate')}>
                    <span className="sealpost-number">{moment(crl.thisUpdate)}</span>
                  </Td>
                  <Td dataLabel={t('health.nextUpdate')}>
                    {crl.nextUpdate !== null && (
                      <span className="sealpost-number">{moment(crl.nextUpdate)}</span>
                    )}
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </section>
    </>
  );
}
