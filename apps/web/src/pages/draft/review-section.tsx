import { Button, TextInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import type { Colleague } from '../../api/types';
import { Finder } from '../../parts/finder';
import { PersonName } from '../../parts/person-name';
import type { Draft } from './use-draft';

/** Review steps in their order: who, what for; moved by buttons, so that no mouse is needed. */
export function ReviewSection({ draft: { fields, change } }: { readonly draft: Draft }) {
  const { t } = useTranslation();
  const { reviewers } = fields;
  const put = (next: typeof reviewers): void => {
    change({ reviewers: next });
  };
  const move = (from: number, to: number): void => {
    const next = [...reviewers];
    next.splice(to, 0, ...next.splice(from, 1));
    put(next);
  };
  return (
    <>
      {reviewers.length === 0 ? (
        <p className="sealpost-quiet">{t('draft.review.none')}</p>
      ) : (
        <ol className="sealpost-rows">
          {reviewers.map(({ name, personId }, index) => {
            const step = t('draft.review.step', { n: index + 1 });
            return (
              <li key={personId} className="sealpost-rows__line">
                <span className="sealpost-rows__name">
                  {index + 1}. <PersonName id={personId} />
                </span>
                <TextInput
                  className="sealpost-rows__choice"
                  aria-label={step}
                  value={name}
                  maxLength={100}
                  isRequired
                  onChange={(_event, value) => {
                    put(reviewers.with(index, { name: value, personId }));
                  }}
                />
                <Button
                  variant="plain"
                  aria-label={t('draft.drop.up', { name: step })}
                  isDisabled={index === 0}
                  onClick={() => {
                    move(index, index - 1);
                  }}
                >
                  ↑
                </Button>
                <Button
                  variant="plain"
                  aria-label={t('draft.drop.down', { name: step })}
                  isDisabled={index === reviewers.length - 1}
                  onClick={() => {
                    move(index, index + 1);
                  }}
                >
                  ↓
                </Button>
                <Button
                  variant="link"
                  aria-label={t('draft.drop.remove', { name: step })}
                  onClick={() => {
                    put(reviewers.toSpliced(index, 1));
                  }}
                >
                  {t('common.remove')}
                </Button>
              </li>
            );
          })}
        </ol>
      )}
      <Finder<Colleague>
        label={t('draft.review.find')}
        hint={t('draft.review.findHint')}
        pathOf={(typed) => `/people?query=${encodeURIComponent(typed)}`}
        nameOf={({ fullName }) => fullName}
        detailOf={({ posts }) => posts.map(({ title }) => title).join(', ')}
        chosen={new Set(reviewers.map(({ personId }) => personId))}
        onPick={({ id, posts }) => {
          const isClerk = posts.some(({ roles }) => roles.includes('clerk'));
          const name = t(isClerk ? 'draft.review.form' : 'draft.review.content');
          put([...reviewers, { name, personId: id }]);
        }}
      />
    </>
  );
}
