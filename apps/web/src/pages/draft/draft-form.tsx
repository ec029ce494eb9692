import { ActionList, ActionListItem, Alert, Button, Form, FormSection } from '@patternfly/react-core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { BodyChoices, DocumentDetail } from '../../api/types';
import { ProblemAlert } from '../../parts/problem-alert';
import { SignerFields } from '../../parts/signer-fields';
import { useSecrecyOnScreen } from '../../shell/secrecy';
import { FilesSection } from './files-section';
import { RecipientsSection } from './recipients-section';
import { ReviewSection } from './review-section';
import { ReadMark, TextFields } from './text-fields';
import { useDraft } from './use-draft';

interface Props {
  readonly bodies: readonly BodyChoices[];
  readonly document: DocumentDetail | undefined;
  /** Fills the form anew from what the server has now. */
  readonly onRenew: () => void;
}

/** Files, text, signer, review and recipients of a draft on one page; saved and submitted at its end. */
export function DraftForm({ bodies, document, onRenew }: Props) {
  const { t } = useTranslation();
  const draft = useDraft(bodies, document);
  const { fields, change, missing, refusal, isSaving } = draft;
  useSecrecyOnScreen(fields.secrecy);
  const body = bodies.find((each) => each.id === fields.bodyId);
  const said = useRef<HTMLDivElement>(null);
  const hasSomethingToSay = missing.length > 0 || refusal !== null;
  useEffect(() => {
    if (hasSomethingToSay) said.current?.scrollIntoView({ block: 'nearest' });
  }, [hasSomethingToSay]);
  return (
    <Form
      className="sealpost-draft"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <div>
        <FormSection title={t('draft.section.text')} titleElement="h2">
          <TextFields draft={draft} bodies={bodies} body={body} />
        </FormSection>
        <FormSection title={t('draft.section.signer')} titleElement="h2">
          <ReadMark draft={draft} name="signer" />
          <SignerFields
            signers={body?.signers ?? []}
            value={fields.signer}
            onChange={(signer) => {
              change({ signer });
            }}
          />
        </FormSection>
      </div>
      <div>
        <FormSection title={t('draft.section.files')} titleElement="h2">
          <FilesSection draft={draft} document={document} />
        </FormSection>
        <FormSection title={t('draft.section.review')} titleElement="h2">
          <ReviewSection draft={draft} />
        </FormSection>
        <FormSection title={t('draft.section.recipients')} titleElement="h2">
          <RecipientsSection draft={draft} />
        </FormSection>
      </div>
      <div ref={said} className="sealpost-draft__end">
        {missing.length > 0 && (
          <Alert isInline isLiveRegion variant="warning" component="p" title={t('draft.missing')}>
            {t('draft.missingText', { fields: missing.map((name) => t(`draft.field.${name}`)).join(', ') })}
          </Alert>
        )}
        {refusal === 'UPLOADS' ? (
          <Alert isInline isLiveRegion variant="warning" component="p" title={t('draft.uploadsFailed')} />
        ) : (
          refusal !== null && <ProblemAlert error={refusal} />
        )}
        {draft.isOutdated && (
          <p>
            {t('draft.outdated')}{' '}
            <Button variant="link" isInline onClick={onRenew}>
              {t('draft.renew')}
            </Button>
          </p>
        )}
        <ActionList>
          <ActionListItem>
            <Button
              isDisabled={isSaving}
              isLoading={isSaving}
              onClick={() => {
                draft.save('submit');
              }}
            >
              {t('draft.saveAndSubmit')}
            </Button>
          </ActionListItem>
          <ActionListItem>
            <Button
              variant="secondary"
              isDisabled={isSaving}
              onClick={() => {
                draft.save('stay');
              }}
            >
              {t('draft.save')}
            </Button>
          </ActionListItem>
        </ActionList>
      </div>
    </Form>
  );
}
