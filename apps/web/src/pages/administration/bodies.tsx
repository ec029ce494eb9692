import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AdministeredBody } from '../../api/types';
import { ItemTable } from '../../parts/item-table';
import { BodyDialog } from './body-dialog';
import { EndDialog } from './end-dialog';
import { Section } from './section';
import { standingColumns } from './standing-columns';

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
          <ItemTable
            label={label}
            items={bodies}
            idOf={({ id }) => id}
            columns={[
              { key: 'name', title: t('administration.bodies.name'), cell: ({ name }) => name },
              { key: 'symbol', title: t('administration.bodies.symbol'), cell: ({ symbol }) => symbol },
              {
                key: 'leadership',
                title: t('administration.bodies.leadership'),
                cell: ({ leadership, hasSeal }) => (
                  <>
                    {t(`administration.bodies.${leadership}`)}
                    <div className="sealpost-quiet">
                      {t(hasSeal ? 'administration.bodies.sealed' : 'administration.bodies.unsealed')}
                    </div>
                  </>
                ),
              },
              {
                key: 'mayIssue',
                title: t('administration.bodies.mayIssue'),
                cell: ({ mayIssue }) => t('administration.bodies.types', { count: mayIssue.length }),
              },
              ...standingColumns<AdministeredBody>({
                t,
                nameOf: ({ name }) => name,
                onChange: (change) => {
                  setOpen({ change });
                },
                onEnd: (end) => {
                  setOpen({ end });
                },
              }),
            ]}
          />
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
