import { Button, Label } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DispatchView } from '../../api/types';
import { moment } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { EndlessList } from '../../parts/endless-list';
import { useSession } from '../../shell/session';
import type { DispatchStep } from './dispatch-dialog';
import { DispatchDialog } from './dispatch-dialog';
import { paperStagesOf, Stages } from './stages';

interface Asked {
  readonly dispatch: DispatchView;
  readonly step: DispatchStep;
}

/** Paper on its way: when each left, who signed for it, and who has still to be told what became of the document. */
export function Dispatches({ documentId }: { readonly documentId: string }) {
  const { t } = useTranslation();
  const mayEnter = useSession().policies.includes('document.dispatch');
  const [asked, setAsked] = useState<Asked>();
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
                    ? (step) => {
                        setAsked({ dispatch, step });
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
          {...asked}
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
  readonly onAsk: ((step: DispatchStep) => void) | undefined;
}

function Taken({ dispatch, onAsk }: TakenProps) {
  const { t } = useTranslation();
  const { state, handedAt, receiptNo, receivedAt, receivedBy, told, toTell } = dispatch;
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
        <Enter step={state === 'waiting' ? 'handed' : 'received'} onAsk={onAsk} />
      )}
      {told && (
        <div>{t(`document.recipients.toldOf.${told.of}`, { name: told.to, moment: moment(told.at) })}</div>
      )}
      {toTell && (
        <div>
          <Label isCompact color="orange">
            {t(`document.recipients.toTell.${toTell}`)}
          </Label>{' '}
          {onAsk && <Enter step="told" onAsk={onAsk} />}
        </div>
      )}
    </>
  );
}

interface EnterProps {
  readonly step: DispatchStep;
  readonly onAsk: (step: DispatchStep) => void;
}

function Enter({ step, onAsk }: EnterProps) {
  const { t } = useTranslation();
  return (
    <Button
      variant="link"
      isInline
      onClick={() => {
        onAsk(step);
      }}
    >
      {t(`document.recipients.${step}`)}
    </Button>
  );
}
