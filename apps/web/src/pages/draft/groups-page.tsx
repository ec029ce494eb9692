import { Button, EmptyState, EmptyStateBody, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { get, send } from '../../api/client';
import type { Page, RecipientGroup } from '../../api/types';
import { useAct } from '../../parts/act';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { PageTitle } from '../../parts/page-title';
import { ProblemAlert } from '../../parts/problem-alert';
import { GroupDialog } from './group-dialog';
import { Loading } from '../../parts/loading';

/** What is being asked about a group; `undefined` for one that does not exist yet. */
type Asked = { readonly act: 'edit'; readonly id?: string } | { readonly act: 'remove'; readonly id: string };

/** Recipients that the agency often names together: opened, changed, renamed and taken away. */
export default function GroupsPage() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked>();
  const groups = useQuery({
    queryKey: ['recipient-groups'],
    queryFn: ({ signal }) => get<Page<RecipientGroup>>('/recipient-groups', signal),
  });
  const items = groups.data?.items ?? [];
  const group = items.find(({ id }) => id === asked?.id);
  const close = (): void => {
    setAsked(undefined);
  };
  const removing = useAct(
    ({ id, version }: RecipientGroup) => send('DELETE', `/recipient-groups/${id}`, {}, { version }),
    { done: t('groups.removed'), then: close },
  );
  return (
    <>
      <PageTitle
        title={t('groups.title')}
        lead={t('groups.lead')}
        actions={
          <Button
            onClick={() => {
              setAsked({ act: 'edit' });
            }}
          >
            {t('groups.create')}
          </Button>
        }
      />
      <PageSection hasBodyWrapper={false} className="sealpost-tabs">
        {groups.isPending && <Loading />}
        {groups.isError && <ProblemAlert error={groups.error} />}
        {groups.isSuccess && items.length === 0 && (
          <EmptyState variant="sm" headingLevel="h2" titleText={t('common.empty')}>
            <EmptyStateBody>{t('groups.empty')}</EmptyStateBody>
          </EmptyState>
        )}
        {items.length > 0 && (
          <ul className="sealpost-rows" aria-label={t('groups.title')}>
            {items.map(({ id, name, recipients, paperRecipients }) => (
              <li key={id} className="sealpost-rows__line">
                <span className="sealpost-rows__name">
                  {name}{' '}
                  <span className="sealpost-quiet">
                    {t('draft.recipients.count', { count: recipients.length + paperRecipients.length })}
                  </span>
                </span>
                <Button
                  variant="link"
                  aria-label={t('groups.changeOf', { name })}
                  onClick={() => {
                    setAsked({ act: 'edit', id });
                  }}
                >
                  {t('common.change')}
                </Button>
                <Button
                  variant="link"
                  aria-label={t('groups.removeOf', { name })}
                  onClick={() => {
                    setAsked({ act: 'remove', id });
                  }}
                >
                  {t('groups.remove')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </PageSection>
      {asked?.act === 'edit' && <GroupDialog key={asked.id} group={group} onClose={close} />}
      {asked?.act === 'remove' && group && (
        <ConfirmDialog
          title={t('groups.removeOf', { name: group.name })}
          action={t('groups.remove')}
          isPending={removing.isPending}
          onConfirm={() => {
            removing.act(group);
          }}
          onClose={close}
        >
          {t('groups.removeText')}
        </ConfirmDialog>
      )}
    </>
  );
}
