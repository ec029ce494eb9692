import { Button, Label } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { KeyAnswer } from '../../api/types';
import { moment } from '../../formats/moments';
import { useAct } from '../../parts/act';
import { EndlessList } from '../../parts/endless-list';
import { ReasonDialog } from '../../parts/reason-dialog';
import { Administration } from './administration';
import { ImportKey } from './import-key';

/** Keys that this node keeps for the administered agencies and their people; never the keys themselves. */
export default function KeysPage() {
  const { t } = useTranslation();
  const [isImporting, setImporting] = useState(false);
  const [locked, setLocked] = useState<KeyAnswer>();
  const title = t('administration.keys.title');
  const close = (): void => {
    setLocked(undefined);
  };
  const releasing = useAct(
    ({ id, reason }: { readonly id: string; readonly reason: string }) =>
      send('POST', `/keys/${id}/release`, { reason }),
    { done: t('administration.keys.released'), then: close },
  );
  return (
    <Administration
      part="keys"
      title={title}
      lead={t('administration.keys.lead')}
      actions={
        <Button
          onClick={() => {
            setImporting(true);
          }}
        >
          {t('administration.keys.import')}
        </Button>
      }
    >
      <EndlessList<KeyAnswer>
        path="/keys"
        label={title}
        empty={t('administration.keys.empty')}
        idOf={({ id }) => id}
        columns={[
          {
            key: 'owner',
            title: t('administration.field.owner'),
            cell: ({ owner }) => owner.name,
          },
          {
            key: 'use',
            title: t('administration.certificates.use'),
            cell: ({ use }) => t(`administration.use.${use}`),
          },
          {
            key: 'validTo',
            title: t('administration.certificates.validTo'),
            cell: ({ certificate }) => (
              <span className="sealpost-number">{moment(certificate.notAfter)}</span>
            ),
          },
          {
            key: 'state',
            title: t('common.state'),
            cell: ({ state }) => (
              <Label color={state === 'ready' ? 'green' : 'red'}>{t(`administration.keys.${state}`)}</Label>
            ),
          },
          {
            key: 'attempts',
            title: t('administration.keys.attempts'),
            cell: (key) =>
              key.state === 'locked' ? (
                <Button
                  variant="link"
                  isInline
                  aria-label={t('administration.keys.releaseTitle', { name: key.owner.name })}
                  onClick={() => {
                    setLocked(key);
                  }}
                >
                  {t('administration.keys.release')}
                </Button>
              ) : (
                <span className="sealpost-quiet">
                  {key.attemptsLeft === null
                    ? t('administration.keys.unattended')
                    : t('administration.keys.left', { count: key.attemptsLeft })}
                </span>
              ),
          },
        ]}
      />
      {isImporting && (
        <ImportKey
          onClose={() => {
            setImporting(false);
          }}
        />
      )}
      {locked && (
        <ReasonDialog
          title={t('administration.keys.releaseTitle', { name: locked.owner.name })}
          action={t('administration.keys.release')}
          hint={t('administration.account.reasonHint')}
          isPending={releasing.isPending}
          onReason={(reason) => {
            releasing.act({ id: locked.id, reason });
          }}
          onClose={close}
        />
      )}
    </Administration>
  );
}
