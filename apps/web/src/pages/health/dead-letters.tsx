import { Title } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { DeadLetter } from '../../api/types';
import { moment } from '../../formats/moments';
import { ActButton } from '../../parts/act';
import { EndlessList } from '../../parts/endless-list';

/** Messages of the own agency that were given up; each can be sent again as it was. */
export function DeadLetters() {
  const { t } = useTranslation();
  const id = useId();
  const title = t('health.letters.title');
  return (
    <section aria-labelledby={id} className="sealpost-stack">
      <Title headingLevel="h2" size="md" id={id}>
        {title}
      </Title>
      <EndlessList<DeadLetter>
        path="/dead-letters"
        label={title}
        empty={t('health.letters.empty')}
        idOf={(letter) => letter.id}
        columns={[
          {
            key: 'kind',
            title: t('health.letters.kind'),
            cell: ({ kind }) => t(`health.letters.${kind}`),
          },
          {
            key: 'counterpart',
            title: t('health.letters.counterpart'),
            cell: ({ counterpart }) => <span className="sealpost-number">{counterpart}</span>,
          },
          {
            key: 'code',
            title: t('health.letters.code'),
            cell: ({ code, attempts }) => t('health.letters.failed', { code, count: attempts }),
          },
          {
            key: 'createdAt',
            title: t('health.letters.createdAt'),
            cell: ({ createdAt }) => <span className="sealpost-number">{moment(createdAt)}</span>,
          },
          {
            key: 'resend',
            title: t('health.letters.resend'),
            cell: (letter) => (
              <ActButton
                variant="secondary"
                done={t('health.letters.resent')}
                act={() => send('POST', `/dead-letters/${letter.id}/resend`)}
              >
                {t('health.letters.resend')}
              </ActButton>
            ),
          },
        ]}
      />
    </section>
  );
}
