import { EmptyState, EmptyStateBody, Label, Title } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import type { DocumentDetail } from '../../api/types';
import { moment } from '../../formats/moments';
import { PersonName } from '../../parts/person-name';

/** Every "dự thảo lần n", the latest first: who initialled it, who sent it back and why. */
export function Drafts({ document }: { readonly document: DocumentDetail }) {
  const { t } = useTranslation();
  const isBeingWritten = !document.drafts.some(({ n }) => n === document.draftNo);
  return (
    <div className="sealpost-stack sealpost-panel">
      {isBeingWritten && document.reviewers.length > 0 && (
        <section className="sealpost-stack" aria-labelledby="plan">
          <Title headingLevel="h2" size="md" id="plan">
            {t('document.drafts.plan')}
          </Title>
          <ol className="sealpost-lines">
            {document.reviewers.map(({ name, personId }) => (
              <li key={`${name} ${personId}`}>
                {name}: <PersonName id={personId} />
              </li>
            ))}
          </ol>
        </section>
      )}
      {document.drafts.length === 0 && (
        <EmptyState variant="sm" headingLevel="h2" titleText={t('common.empty')}>
          <EmptyStateBody>{t('document.drafts.none')}</EmptyStateBody>
        </EmptyState>
      )}
      {document.drafts.toReversed().map((draft) => (
        <Draft key={draft.n} draft={draft} />
      ))}
    </div>
  );
}

const colours = { pending: 'grey', initialled: 'green', returned: 'orange' } as const;

function Draft({ draft }: { readonly draft: DocumentDetail['drafts'][number] }) {
  const { t } = useTranslation();
  return (
    <section className="sealpost-stack" aria-labelledby={`draft-${draft.n}`}>
      <Title headingLevel="h2" size="md" id={`draft-${draft.n}`}>
        {t('document.draftNo', { n: draft.n })}
      </Title>
      <p>
        {t('document.drafts.submitted', { moment: moment(draft.submittedAt) })} ·{' '}
        <PersonName id={draft.submittedBy} />
      </p>
      {draft.steps.length === 0 ? (
        <p className="sealpost-quiet">{t('document.drafts.noSteps')}</p>
      ) : (
        <ol className="sealpost-lines">
          {draft.steps.map((step) => (
            <li key={step.position}>
              {step.name}: <PersonName id={step.personId} />{' '}
              <Label isCompact color={colours[step.state]}>
                {t(`document.drafts.step.${step.state}`)}
              </Label>{' '}
              {step.decidedAt && <span className="sealpost-number">{moment(step.decidedAt)}</span>}
              {step.comment && step.state === 'initialled' && <p>“{step.comment}”</p>}
            </li>
          ))}
        </ol>
      )}
      {draft.returnedAt && (
        <p>
          {t('document.drafts.returned', { moment: moment(draft.returnedAt) })}
          {draft.returnedBy && (
            <>
              {' · '}
              <PersonName id={draft.returnedBy} />
            </>
          )}
          <br />
          {t('document.fact.returnReason')}: <strong>{draft.returnReason}</strong>
        </p>
      )}
    </section>
  );
}
