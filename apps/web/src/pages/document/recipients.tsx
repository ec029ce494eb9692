import { EmptyState, EmptyStateBody, Label, Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';

import type { DeliveryStatus, DocumentDetail } from '../../api/types';
import { day, moment } from '../../formats/moments';
import { number } from '../../formats/numbers';
import { EndlessList } from '../../parts/endless-list';
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
          <Deliveries documentId={document.id} />
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

function Deliveries({ documentId }: { readonly documentId: string }) {
  const { t } = useTranslation();
  return (
    <EndlessList<DeliveryStatus>
      path={`/documents/${documentId}/deliveries`}
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
          cell: (delivery) => <Note delivery={delivery} />,
        },
      ]}
    />
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
      <Table aria-label={t('document.tab.recipients')} variant="compact" className="sealpost-list">
        <Thead>
          <Tr>
            <Th className="sealpost-list__wide">{t('document.recipients.name')}</Th>
            <Th modifier="nowrap">{t('document.recipients.channel')}</Th>
            <Th modifier="nowrap">{t('document.recipients.copies')}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {[...document.recipients, ...document.paperRecipients].map((recipient) => (
            <Tr key={`${'agencyId' in recipient ? recipient.agencyId : ''} ${recipient.name}`}>
              <Td dataLabel={t('document.recipients.name')}>
                {recipient.name}
                {'address' in recipient && recipient.address && (
                  <div className="sealpost-quiet">{recipient.address}</div>
                )}
              </Td>
              <Td dataLabel={t('document.recipients.channel')}>
                {t(`document.channel.${recipient.channel ?? 'electronic'}`)}
              </Td>
              <Td dataLabel={t('document.recipients.copies')}>{number(recipient.copies ?? 1)}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </div>
  );
}
