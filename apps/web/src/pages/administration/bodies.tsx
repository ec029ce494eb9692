import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AdministeredBody } from '../../api/types';
import { BodyDialog } from './body-dialog';
import { EndDialog } from './end-dialog';
import { RowActions } from './row-actions';
import { Section } from './section';
import { standingOf, Validity } from './validity';

/** In whose names an agency issues. */
export function Bodies({ agencyId }: { readonly agencyId: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<{
    readonly new?: true;
    readonly change?: AdministeredBody;
    readonly end?: AdministeredBody;
  }>({});
  const close = (): void => {
    setOpen({});
  };
  return (
    <>
      <Section<AdministeredBody>
        title={t('administration.bodies.title')}
        lead={t('administration.bodies.lead')}
        action={t('administration.bodies.add')}
        path={`/admin/bodies?agencyId=${agencyId}`}
        empty={t('administration.bodies.empty')}
        onAction={() => {
          setOpen({ new: true });
        }}
      >
        {(bodies, label) => (
          <Table aria-label={label} variant="compact" className="sealpost-list">
            <Thead>
              <Tr>
                <Th modifier="nowrap">{t('administration.bodies.name')}</Th>
                <Th modifier="nowrap">{t('administration.bodies.symbol')}</Th>
                <Th modifier="nowrap">{t('administration.bodies.leadership')}</Th>
                <Th modifier="nowrap">{t('administration.bodies.mayIssue')}</Th>
                <Th modifier="nowrap">{t('administration.validity.label')}</Th>
                <Th screenReaderText={t('common.change')} />
              </Tr>
            </Thead>
            <Tbody>
              {bodies.map((body) => (
                <Tr key={body.id}>
                  <Td dataLabel={t('administration.bodies.name')}>{body.name}</Td>
                  <Td dataLabel={t('administration.bodies.symbol')}>{body.symbol}</Td>
                  <Td dataLabel={t('administration.bodies.leadership')}>
                    {t(`administration.bodies.${body.leadership}`)}
                    <div className="sealpost-quiet">
                      {t(body.hasSeal ? 'administration.bodies.sealed' : 'administration.bodies.unsealed')}
                    </div>
                  </Td>
                  <Td dataLabel={t('administration.bodies.mayIssue')}>
                    {t('administration.bodies.types', { count: body.mayIssue.length })}
                  </Td>
                  <Td dataLabel={t('administration.validity.label')}>
                    <Validity of={body} />
                  </Td>
                  <Td>
                    {standingOf(body) !== 'ended' && (
                      <RowActions
                        name={body.name}
                        onChange={() => {
                          setOpen({ change: body });
                        }}
                        onEnd={() => {
                          setOpen({ end: body });
                        }}
                      />
                    )}
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Section>
      {open.new && <BodyDialog agencyId={agencyId} onClose={close} />}
      {open.change && <BodyDialog agencyId={agencyId} body={open.change} onClose={close} />}
      {open.end && (
        <EndDialog
          title={t('administration.bodies.endTitle', { name: open.end.name })}
          path={`bodies/${open.end.id}`}
          version={open.end.version}
          onClose={close}
        />
      )}
    </>
  );
}
