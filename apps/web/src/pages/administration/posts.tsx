import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { StaffedPost } from '../../api/types';
import { ItemTable } from '../../parts/item-table';
import { EndDialog } from './end-dialog';
import { PostDialog } from './post-dialog';
import { Section } from './section';
import { standingColumns } from './standing-columns';

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
          <ItemTable
            label={label}
            items={posts}
            idOf={({ id }) => id}
            columns={[
              { key: 'name', title: t('administration.posts.name'), cell: ({ title }) => title },
              {
                key: 'rank',
                title: t('administration.posts.rank'),
                cell: ({ rank }) => t(`administration.rank.${rank}`),
              },
              {
                key: 'holders',
                title: t('administration.posts.holders'),
                cell: (post) => <Holders post={post} />,
              },
              ...standingColumns<StaffedPost>({
                t,
                nameOf: ({ title }) => title,
                onChange: (change) => {
                  setOpen({ change });
                },
                onEnd: (end) => {
                  setOpen({ end });
                },
              }),
            ]}
          />
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
