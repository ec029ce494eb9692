import { Button, EmptyState, EmptyStateBody, Label, Title } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { DeliveryStatus, DocumentDetail } from '../../api/types';
import { day, moment } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { useAct } from '../../parts/act';
import { EndlessList } from '../../parts/endless-list';
import { ItemTable } from '../../parts/item-table';
import { ReasonDialog } from '../../parts/reason-dialog';
import { useSession } from '../../shell/session';
import { Dispatches } from './dispatches';
import { Stages, stagesOf } from './stages';

/** Before the issue: who is to get it. After it: every recipient's stage on one line, and what went on paper. */
export function Recipients({ document }: { readonly document: DocumentDetail }) {
  const { t } = useTranslation();
  const isEmpty = document.recipients.length + document.paperRecipients.length === 0;
  const onPaper =
    document.paperRecipients.length > 0 ||
    document.recipients.some(({ channel }) => channel !== undefined && channel !== 'electronic');
  const electronic = document.recipients.some(
    ({ channel }) => channel === undefined || channel === 'electronic',
  );
  if (isEmpty)
    return (
      <EmptyState variant="sm" headingLevel="h2" titleText={t('common.empty')}>
        <EmptyStateBody>{t('document.recipients.none')}</EmptyStateBody>
      </EmptyState>
    );
  if (document.issuedAt === null) return <Planned document={document} />;
  return (
    <div className="sealpost-stack sealpost-panel">
      {electronic && (
        <section aria-labelledby="electronic">
          <Title headingLevel="h2" size="md" id="electronic">
            {t('document.recipients.electronic')}
          </Title>
          <Deliveries document={document} />
        </section>
      )}
      {onPaper && (
        <section aria-labelledby="paper">
          <Title headingLevel="h2" size="md" id="paper">
            {t('document.recipients.paper')}
          </Title>
          {document.paperReason && (
            <p>{t('document.recipients.paperReason', { reason: document.paperReason })}</p>
          )}
          <Dispatches documentId={document.id} />
        </section>
      )}
    </div>
  );
}

function Deliveries({ document }: { readonly document: DocumentDetail }) {
  const { t } = useTranslation();
  const { policies, agency } = useSession();
  const [asked, setAsked] = useState<DeliveryStatus>();
  const mayTakeBack =
    document.state === 'ISSUED' && document.agencyId === agency.id && policies.includes('document.withdraw');
  const asking = useAct(
    ({ recipient, reason }: { readonly recipient: string; readonly reason: string }) =>
      send('POST', `/documents/${document.id}/take-back`, { recipientId: recipient, reason }),
    {
      done: t('document.done.takeBack'),
      then: () => {
        setAsked(undefined);
      },
    },
  );
  return (
    <>
      <EndlessList<DeliveryStatus>
        path={`/documents/${document.id}/deliveries`}
        label={t('document.recipients.electronic')}
        empty={t('document.recipients.none')}
        idOf={({ id }) => id}
        columns={[
          {
            key: 'name',
            title: t('document.recipients.name'),
            cell: ({ recipient, successor }) => (
              <>
                {recipient.name}
                {successor && (
                  <div className="sealpost-quiet">
                    {t('document.recipients.successor', { name: successor.name })}
                  </div>
                )}
              </>
            ),
          },
          {
            key: 'stage',
            title: t('document.recipients.stage'),
            cell: (delivery) => <Stages stages={stagesOf(delivery)} />,
          },
          {
            key: 'note',
            title: t('document.recipients.note'),
            wide: true,
            cell: (delivery) => (
              <>
                <Note delivery={delivery} />
                {mayTakeBack && delivery.takeBack === 'NONE' && delivery.state !== '02' && (
                  <Button
                    variant="link"
                    isInline
                    onClick={() => {
                      setAsked(delivery);
                    }}
                  >
                    {t('document.act.takeBack')}
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
      {asked && (
        <ReasonDialog
          title={t('document.ask.takeBack', { name: asked.recipient.name })}
          action={t('document.act.takeBack')}
          isPending={asking.isPending}
          onReason={(reason) => {
            asking.act({ recipient: asked.recipient.agencyId, reason });
          }}
          onClose={() => {
            setAsked(undefined);
          }}
        />
      )}
    </>
  );
}

const notReceived: ReadonlySet<DeliveryStatus['state']> = new Set<DeliveryStatus['state']>([
  'QUEUED',
  'SENT',
  'NON_DELIVERED',
]);

/** What a person has to know of one recipient: late, whom to call, why refused, which arrival number. */
function Note({ delivery }: { readonly delivery: DeliveryStatus }) {
  const { t } = useTranslation();
  const { recipient, state, late, ackDueAt, settledAt, refusalReason, arrivalNumber, arrivalDate } = delivery;
  return (
    <>
      {late && (
        <>
          <Label isCompact color="red">
            {t('document.recipients.late')}
          </Label>{' '}
        </>
      )}
      {arrivalNumber !== null &&
        t('document.recipients.arrival', {
          number: number(arrivalNumber),
          date: arrivalDate ? day(arrivalDate) : '',
        })}
      {refusalReason !== null && t('document.recipients.refused', { reason: refusalReason })}
      {notReceived.has(state) && (
        <>
          {recipient.contact080 === null
            ? t('document.recipients.noContact')
            : t('document.recipients.contact', { number: recipient.contact080 })}
          {delivery.lastError !== null && (
            <div>
              {t('document.recipients.failed', { code: delivery.lastError, count: delivery.attempts })}
            </div>
          )}
        </>
      )}
      {delivery.takeBack !== 'NONE' && (
        <div>{t(`document.takeBack.${delivery.takeBack}`, { reason: delivery.takeBackRefusal ?? '' })}</div>
      )}
      {settledAt === null && ackDueAt !== null && (
        <div className="sealpost-quiet">{t('document.recipients.due', { moment: moment(ackDueAt) })}</div>
      )}
    </>
  );
}

function Planned({ document }: { readonly document: DocumentDetail }) {
  const { t } = useTranslation();
  return (
    <div className="sealpost-stack sealpost-panel">
      <p className="sealpost-quiet">{t('document.recipients.notIssued')}</p>
      {document.paperReason && (
        <p>{t('document.recipients.paperReason', { reason: document.paperReason })}</p>
      )}
      <ItemTable
        label={t('document.tab.recipients')}
        items={[...document.recipients, ...document.paperRecipients]}
        idOf={(recipient) => `${'agencyId' in recipient ? recipient.agencyId : ''} ${recipient.name}`}
        columns={[
          {
            key: 'name',
            title: t('document.recipients.name'),
            wide: true,
            cell: (recipient) => (
              <>
                {recipient.name}
                {'address' in recipient && recipient.address && (
                  <div className="sealpost-quiet">{recipient.address}</div>
                )}
              </>
            ),
          },
          {
            key: 'channel',
            title: t('document.recipients.channel'),
            cell: ({ channel }) => t(`document.channel.${channel ?? 'electronic'}`),
          },
          {
            key: 'copies',
            title: t('document.recipients.copies'),
            cell: ({ copies }) => number(copies ?? 1),
          },
        ]}
      />
    </div>
  );
}
