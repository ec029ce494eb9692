import { FormGroup, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { get, send } from '../../api/client';
import type { DocumentDetail, DocumentSummary, Page } from '../../api/types';
import { useAct } from '../../parts/act';
import { FormDialog } from '../../parts/form-dialog';
import { Hint } from '../../parts/hint';
import { isReason, ReasonField } from '../../parts/reason-field';

interface Props {
  readonly act: 'replace' | 'correct';
  readonly document: DocumentDetail;
  readonly onClose: () => void;
}

/** Names the issued document that replaces or corrects this one, and why. */
export function InItsPlace({ act, document, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [by, setBy] = useState('');
  const [reason, setReason] = useState('');
  const issued = useQuery({
    queryKey: ['list', '/documents?state=ISSUED'],
    queryFn: ({ signal }) => get<Page<DocumentSummary>>('/documents?state=ISSUED', signal),
    select: ({ items }) =>
      items.filter((each) => each.id !== document.id && each.agencyId === document.agencyId),
  }).data;
  const doing = useAct(
    () =>
      send('POST', `/documents/${document.id}/${act}`, { byDocumentId: by, reason: reason.trim() }, document),
    { done: t(`document.done.${act}`), then: onClose },
  );
  return (
    <FormDialog
      title={t(`document.ask.${act}`)}
      action={t(`document.act.${act}`)}
      isReady={by !== '' && isReason(reason)}
      isPending={doing.isPending}
      onSend={() => {
        doing.act(undefined);
      }}
      onClose={onClose}
    >
      <FormGroup label={t(`document.ask.by.${act}`)} fieldId={`${id}-by`} isRequired>
        <FormSelect
          id={`${id}-by`}
          value={by}
          isRequired
          onChange={(_event, value) => {
            setBy(value);
          }}
        >
          <FormSelectOption value="" label={t('draft.choose')} isPlaceholder isDisabled />
          {issued?.map((each) => (
            <FormSelectOption
              key={each.id}
              value={each.id}
              label={`${each.symbol ?? ''} ${each.abstract ?? each.typeName}`}
            />
          ))}
        </FormSelect>
        <Hint>{t(issued?.length === 0 ? 'document.ask.byNone' : 'document.ask.byHint')}</Hint>
      </FormGroup>
      <ReasonField reason={reason} onChange={setReason} />
    </FormDialog>
  );
}
