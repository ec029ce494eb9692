import { Checkbox } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { Page, StaffedPost } from '../../api/types';
import { ChecksField, ChoiceField } from '../../parts/fields';
import { DayField } from '../../parts/when-fields';
import type { AppointmentDraft } from './appointment';
import { roles } from './appointment';
import { ChosenAgency } from './chosen';
import { standingOf } from './validity';

interface Props {
  readonly appointment: AppointmentDraft;
  readonly onChange: (appointment: AppointmentDraft) => void;
}

/** To which post somebody is appointed, with which roles, and from when. */
export function AppointmentFields({ appointment, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { agency, postId, acting, validFrom, validTo } = appointment;
  const change = (patch: Partial<AppointmentDraft>): void => {
    onChange({ ...appointment, ...patch });
  };
  const path = `/admin/posts?agencyId=${agency?.id ?? ''}`;
  const { data } = useQuery({
    queryKey: ['section', path],
    queryFn: ({ signal }) => get<Page<StaffedPost>>(path, signal),
    enabled: agency !== undefined,
    refetchOnWindowFocus: false,
  });
  const posts = data?.items.filter((post) => standingOf(post) !== 'ended');
  return (
    <>
      <ChosenAgency
        label={t('administration.field.agency')}
        chosen={agency}
        onChange={(chosen) => {
          change({ agency: chosen, postId: '' });
        }}
      />
      {posts?.length === 0 && <p role="status">{t('administration.people.noPosts')}</p>}
      {posts !== undefined && posts.length > 0 && (
        <ChoiceField
          label={t('administration.people.post')}
          value={postId}
          choices={posts.map((post) => ({
            value: post.id,
            label: [post.title, ...post.holders.map(({ fullName }) => fullName)].join(' – '),
          }))}
          onChange={(value) => {
            change({ postId: value });
          }}
        />
      )}
      <ChecksField
        label={t('administration.people.roles')}
        values={appointment.roles}
        choices={roles.map((value) => ({ value, label: t(`administration.role.${value}`) }))}
        onChange={(values) => {
          change({ roles: values });
        }}
      />
      <Checkbox
        id={`${id}-acting`}
        label={t('administration.people.acting')}
        isChecked={acting}
        onChange={(_event, isChecked) => {
          change({ acting: isChecked });
        }}
      />
      <DayField
        label={t('administration.field.from')}
        isRequired
        value={validFrom}
        onChange={(value) => {
          change({ validFrom: value });
        }}
      />
      <DayField
        label={t('administration.field.until')}
        hint={t('administration.field.untilHint')}
        value={validTo}
        onChange={(value) => {
          change({ validTo: value });
        }}
      />
    </>
  );
}
