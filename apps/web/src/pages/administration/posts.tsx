import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { StaffedPost } from '../../api/types';
import { EndDialog } from './end-dialog';
import { PostDialog } from './post-dialog';
import { RowActions } from './row-actions';
import { Section } from './section';
import { standingOf, Validity } from './validity';

/** The posts of an agency, and who holds them today. */
export function Posts({ agencyId }: { readonly agencyId: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<{
    readonly new?: true;
    readonly change?: StaffedPost;
    readonly end?: StaffedPost;
  }>({});
  const close = (): void => {
    setOpen({});
  };
  return (
    <>
      <Section<StaffedPost>
        title={t('administration.posts.title')}
        lead={t('administration.posts.lead')}
        action={t('administration.posts.add')}
        path={`/admin/posts?agencyId=${agencyId}`}
        empty={t('administration.posts.empty')}
        onAction={() => {
          setOpen({ new: true });
        }}
      >
        {(posts, label) => (
          <Table aria-label={label} variant="compact" className="sealpost-list">
            <Thead>
              <Tr>
                <Th modifier="nowrap">{t('administration.posts.name')}</Th>
                <Th modifier="nowrap">{t('administration.posts.rank')}</Th>
                <Th modifier="nowrap">{t('administration.posts.holders')}</Th>
                <Th modifier="nowrap">{t('administration.validity.label')}</Th>
                <Th screenReaderText={t('common.change')} />
              </Tr>
            </Thead>
            <Tbody>
              {posts.map((post) => (
                <Tr key={post.id}>
                  <Td dataLabel={t('administration.posts.name')}>{post.title}</Td>
                  <Td dataLabel={t('administration.posts.rank')}>{t(`administration.rank.${post.rank}`)}</Td>
                  <Td dataLabel={t('administration.posts.holders')}>
                    <Holders post={post} />
                  </Td>
                  <Td dataLabel={t('administration.validity.label')}>
                    <Validity of={post} />
                  </Td>
                  <Td>
                    {standingOf(post) !== 'ended' && (
                      <RowActions
                        name={post.title}
                        onChange={() => {
                          setOpen({ change: post });
                        }}
                        onEnd={() => {
                          setOpen({ end: post });
                        }}
                      />
                    )}
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Section>
      {open.new && <PostDialog agencyId={agencyId} onClose={close} />}
      {open.change && <PostDialog agencyId={agencyId} post={open.change} onClose={close} />}
      {open.end && (
        <EndDialog
          title={t('administration.posts.endTitle', { name: open.end.title })}
          path={`posts/${open.end.id}`}
          version={open.end.version}
          onClose={close}
        />
      )}
    </>
  );
}

function Holders({ post: { holders } }: { readonly post: StaffedPost }) {
  const { t } = useTranslation();
  if (holders.length === 0) return <span className="sealpost-quiet">{t('administration.posts.nobody')}</span>;
  return holders.map(({ personId, fullName, acting }) => (
    <div key={personId}>
      <Link href={`/administration/people/${personId}`}>{fullName}</Link>
      {acting && ` (${t('administration.posts.acting')})`}
    </div>
  ));
}
