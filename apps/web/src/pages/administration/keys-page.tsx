import { Button, Label } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { KeyAnswer } from '../../api/types';
import { EndlessList } from '../../parts/endless-list';
import { ReasonedAct } from '../../parts/reasoned-act';
import { Administration } from './administration';
import { holdingColumns } from './holding-columns';
import { ImportKey } from './import-key';

/** Keys that this node keeps for the administered agencies and their people; never the keys themselves. */
export default function KeysPage() {
  const { t } = useTranslation();
  const [isImporting, setImporting] = useState(false);
  const [locked, setLocked] = useState<KeyAnswer>();
  const title = t('administration.keys.title');
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
          ...holdingColumns<KeyAnswer>(t, ({ certificate }) => certificate),
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
        <ReasonedAct
          path={`/keys/${locked.id}/release`}
          done={t('administration.keys.released')}
          title={t('administration.keys.releaseTitle', { name: locked.owner.name })}
          action={t('administration.keys.release')}
          hint={t('administration.account.reasonHint')}
          onClose={() => {
            setLocked(undefined);
          }}
        />
      )}
    </Administration>
  );
}
