import {
  Button,
  EmptyState,
  EmptyStateBody,
  NotificationDrawer,
  NotificationDrawerBody,
  NotificationDrawerHeader,
  NotificationDrawerList,
  NotificationDrawerListItem,
  NotificationDrawerListItemBody,
  NotificationDrawerListItemHeader,
} from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';

import { send } from '../../api/client';
import type { NoticePage, NoticeView } from '../../api/types';
import { moment } from '../../formats/moments';
import { useAct } from '../../parts/act';

interface Props {
  readonly notices: NoticePage;
  readonly onClose: () => void;
}

/** What the person was told, newest first; opening one leads to what it is about and marks it as read. */
export default function NoticePanel({ notices, onClose }: Props) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const reading = useAct((body: { readonly ids: readonly string[] } | { readonly all: true }) =>
    send('POST', '/notices/read', body),
  );
  return (
    <NotificationDrawer>
      <NotificationDrawerHeader
        title={t('notices.title')}
        customText={t('notices.unread', { count: notices.unread })}
        onClose={onClose}
        closeButtonAriaLabel={t('common.close')}
      >
        <Button
          variant="link"
          isDisabled={notices.unread === 0}
          onClick={() => {
            reading.act({ all: true });
          }}
        >
          {t('notices.readAll')}
        </Button>
      </NotificationDrawerHeader>
      <NotificationDrawerBody>
        {notices.items.length === 0 ? (
          <EmptyState variant="sm">
            <EmptyStateBody>{t('notices.empty')}</EmptyStateBody>
          </EmptyState>
        ) : (
          <NotificationDrawerList aria-label={t('notices.title')}>
            {notices.items.map((notice) => (
              <NotificationDrawerListItem
                key={notice.id}
                variant={notice.express ? 'danger' : 'info'}
                isRead={notice.readAt !== null}
                onClick={() => {
                  if (notice.readAt === null) reading.act({ ids: [notice.id] });
                  onClose();
                  go(placeOf(notice));
                }}
              >
                <NotificationDrawerListItemHeader
                  variant={notice.express ? 'danger' : 'info'}
                  title={t(`notices.kind.${notice.kind}`, percentOf(notice))}
                  srTitle={notice.express ? t('notices.express') : t('notices.ordinary')}
                  headingLevel="h2"
                />
                <NotificationDrawerListItemBody timestamp={moment(notice.createdAt)}>
                  {[notice.subject.symbol, notice.subject.abstract]
                    .filter((part) => part !== null)
                    .join(' · ')}
                </NotificationDrawerListItemBody>
              </NotificationDrawerListItem>
            ))}
          </NotificationDrawerList>
        )}
      </NotificationDrawerBody>
    </NotificationDrawer>
  );
}

const placeOf = ({ subject }: NoticeView): string =>
  subject.type === 'document' ? `/outgoing/${subject.id}` : `/incoming/${subject.id}`;

function percentOf({ facts }: NoticeView): { readonly percent: number } {
  const { percent } = facts as { readonly percent?: unknown };
  return { percent: typeof percent === 'number' ? percent : 0 };
}
