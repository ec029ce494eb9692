import {
  Button,
  Form,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextArea,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { get, send } from '../../api/client';
import type { DocumentDetail, DocumentSummary, Page } from '../../api/types';
import { useAct } from '../../parts/act';

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
  const said = reason.trim();
  const doing = useAct(
    () => send('POST', `/documents/${document.id}/${act}`, { byDocumentId: by, reason: said }, document),
    { done: t(`document.done.${act}`), then: onClose },
  );
  const isReady = by !== '' && said.length >= 3 && !doing.isPending;
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby={`${id}-title`}>
      <ModalHeader title={t(`document.ask.${act}`)} labelId={`${id}-title`} />
      <ModalBody>
        <Form
          id={id}
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady) doing.act(undefined);
          }}
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
            <FormHelperText>
              <HelperText>
                <HelperTextItem>
                  {t(issued?.length === 0 ? 'document.ask.byNone' : 'document.ask.byHint')}
                </HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          <FormGroup label={t('common.reason')} fieldId={`${id}-reason`} isRequired>
            <TextArea
              id={`${id}-reason`}
              value={reason}
              rows={3}
              maxLength={1000}
              isRequired
              resizeOrientation="vertical"
              onChange={(_event, value) => {
                setReason(value);
              }}
            />
            <FormHelperText>
              <HelperText>
                <HelperTextItem>{t('common.reasonHint')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form={id} isDisabled={!isReady} isLoading={doing.isPending}>
          {t(`document.act.${act}`)}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
