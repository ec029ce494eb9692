import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { AdministeredBody, Page, PostRank, StaffedPost } from '../../api/types';
import { ChecksField, ChoiceField, TextField } from '../../parts/fields';
import { FormDialog } from '../../parts/form-dialog';
import { useSession } from '../../shell/session';
import { useEntry } from './use-entry';
import { standingOf } from './validity';

interface Props {
  readonly agencyId: string;
  /** The one that is changed; a new one without it. */
  readonly post?: StaffedPost;
  readonly onClose: () => void;
}

const ranks: readonly PostRank[] = ['head', 'deputy', 'member', 'staff'];

/** Enters a post, or changes one: its title, its rank, and for which bodies its holder may sign. */
export function PostDialog({ agencyId, post, onClose }: Props) {
  const { t } = useTranslation();
  const { agency: own } = useSession();
  const [title, setTitle] = useState(post?.title ?? '');
  const [rank, setRank] = useState<PostRank>(post?.rank ?? 'staff');
  const [bodyIds, setBodyIds] = useState<readonly string[]>(post?.bodyIds ?? []);
  const [byOrderOfBodyIds, setByOrder] = useState<readonly string[]>(post?.byOrderOfBodyIds ?? []);
  const here = useBodiesInForce(agencyId);
  const above = useBodiesInForce(own.id);
  const choicesOf = (bodies: readonly AdministeredBody[]): { value: string; label: string }[] =>
    bodies.map((body) => ({ value: body.id, label: body.name }));
  const fields = { title: title.trim(), rank, bodyIds, byOrderOfBodyIds };
  const { dialog, from } = useEntry({
    kind: 'posts',
    agencyId,
    entered: post,
    fields,
    isWhole: fields.title !== '',
    onClose,
  });
  return (
    <FormDialog {...dialog}>
      <TextField
        label={t('administration.posts.name')}
        hint={t('administration.posts.nameHint')}
        isRequired
        autoFocus
        maxLength={200}
        value={title}
        onChange={setTitle}
      />
      <ChoiceField
        label={t('administration.posts.rank')}
        value={rank}
        choices={ranks.map((value) => ({ value, label: t(`administration.rank.${value}`) }))}
        onChange={setRank}
      />
      {from}
      {here.length > 0 && (
        <ChecksField
          label={t('administration.posts.bodies')}
          values={bodyIds}
          choices={choicesOf(here)}
          onChange={setBodyIds}
        />
      )}
      {above.length > 0 && (
        <ChecksField
          label={t('administration.posts.byOrder')}
          values={byOrderOfBodyIds}
          choices={choicesOf(agencyId === own.id ? above : [...here, ...above])}
          onChange={setByOrder}
        />
      )}
    </FormDialog>
  );
}

function useBodiesInForce(agencyId: string): readonly AdministeredBody[] {
  const path = `/admin/bodies?agencyId=${agencyId}`;
  const { data } = useQuery({
    queryKey: ['section', path],
    queryFn: ({ signal }) => get<Page<AdministeredBody>>(path, signal),
    refetchOnWindowFocus: false,
  });
  return (data?.items ?? []).filter((body) => standingOf(body) !== 'ended');
}
