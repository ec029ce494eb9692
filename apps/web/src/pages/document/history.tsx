import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

import type { DocumentDetail } from '../../api/types';
import { moment } from '../../formats/moments';
import { PersonName } from '../../parts/person-name';

interface Happening {
  readonly at: string;
  readonly text: string;
  readonly personId: string | null;
  readonly reason?: string | null;
}

/** What has become of a document so far, the latest first. */
export function History({ document }: { readonly document: DocumentDetail }) {
  const { t } = useTranslation();
  const happenings = happeningsOf(document, t).toSorted((a, b) => b.at.localeCompare(a.at));
  return (
    <ol className="sealpost-lines sealpost-panel" reversed aria-label={t('document.tab.history')}>
      {happenings.map(({ at, text, personId, reason }) => (
        <li key={`${at} ${text}`}>
          <span className="sealpost-number">{moment(at)}</span> · <strong>{text}</strong>
          {personId && (
            <>
              {' · '}
              <PersonName id={personId} />
            </>
          )}
          {reason && <p>“{reason}”</p>}
        </li>
      ))}
    </ol>
  );
}

function happeningsOf(document: DocumentDetail, t: TFunction): readonly Happening[] {
  const drafts = document.drafts.flatMap((draft): Happening[] => [
    {
      at: draft.submittedAt,
      text: t('document.history.submitted', { n: draft.n }),
      personId: draft.submittedBy,
    },
    ...draft.steps.flatMap((step): Happening[] =>
      step.decidedAt !== null && step.state === 'initialled'
        ? [
            {
              at: step.decidedAt,
              text: t('document.history.initialled', { step: step.name }),
              personId: step.personId,
              reason: step.comment,
            },
          ]
        : [],
    ),
    ...(draft.returnedAt === null
      ? []
      : [
          {
            at: draft.returnedAt,
            text: t('document.history.returned', { n: draft.n }),
            personId: draft.returnedBy,
            reason: draft.returnReason,
          },
        ]),
  ]);
  const signatures = document.signatures.map(({ kind, personId, signedAt }): Happening => ({
    at: signedAt,
    text: t(`document.history.${kind}`),
    personId,
  }));
  return [
    {
      at: document.createdAt,
      text: t(`document.history.${document.copyOf ? 'copied' : 'created'}`),
      personId: document.drafterId,
    },
    ...drafts,
    ...signatures,
    ...(document.issuedAt === null
      ? []
      : [{ at: document.issuedAt, text: t('document.history.issued'), personId: null }]),
  ];
}
