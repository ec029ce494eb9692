import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DispatchView } from '../../api/types';
import { moment } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { EndlessList } from '../../parts/endless-list';
import { useSession } from '../../shell/session';
import { DispatchDialog } from './dispatch-dialog';
import { paperStagesOf, Stages } from './stages';

/** Paper on its way: when each left, and who signed for it. */
export function Dispatches({ documentId }: { readonly documentId: string }) {
  const { t } = useTranslation();
  const mayEnter = useSession().policies.includes('document.dispatch');
  const [asked, setAsked] = useState<DispatchView>();
  return (
    <>
      <EndlessList<DispatchView>
        path={`/documents/${documentId}/dispatches`}
        label={t('document.recipients.paper')}
        empty={t('document.recipients.none')}
        idOf={({ n }) => String(n)}
        columns={[
          {
            key: 'name',
            title: t('document.recipients.name'),
            wide: true,
            cell: ({ name, address }) => (
              <>
                {name}
                {address && <div className="sealpost-quiet">{address}</div>}
              </>
            ),
          },
          {
            key: 'channel',
            title: t('document.recipients.channel'),
            cell: ({ channel, copies }) => `${t(`document.channel.${channel}`)} × ${number(copies)}`,
          },
          {
            key: 'stage',
            title: t('document.recipients.stage'),
            cell: (dispatch) => <Stages stages={paperStagesOf(dispatch)} />,
          },
          {
            key: 'note',
            title: t('document.recipients.note'),
            cell: (dispatch) => (
              <Taken
                dispatch={dispatch}
                onAsk={
                  mayEnter
                    ? () => {
                        setAsked(dispatch);
                      }
                    : undefined
                }
              />
            ),
          },
        ]}
      />
      {asked && (
        <DispatchDialog
          documentId={documentId}
          dispatch={asked}
          onClose={() => {
            setAsked(undefined);
          }}
        />
      )}
    </>
  );
}

interface TakenProps {
  readonly dispatch: DispatchView;
  readonly onAsk: (() => void) | undefined;
}

function Taken({ dispatch, onAsk }: TakenProps) {
  const { t } = useTranslation();
  const { state, handedAt, receiptNo, receivedAt, receivedBy } = dispatch;
  return (
    <>
      {receivedAt !== null && receivedBy !== null ? (
        <div>{t('document.recipients.receivedLine', { name: receivedBy, moment: moment(receivedAt) })}</div>
      ) : (
        handedAt !== null && (
          <div>
            {t('document.recipients.handedLine', { moment: moment(handedAt) })}
            {receiptNo && ` · ${receiptNo}`}
          </div>
        )
      )}
      {onAsk && state !== 'received' && (
        <Button variant="link" isInline onClick={onAsk}>
          {t(state === 'waiting' ? 'document.recipients.handed' : 'document.recipients.received')}
        </Button>
      )}
    </>
  );
}
