import {
  Button,
  Form,
  FormGroup,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextArea,
} from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly isPending: boolean;
  readonly onInitial: (comment: string) => void;
  readonly onClose: () => void;
}

/** Ký nháy, with what the reviewer has to say. */
export function InitialDialog({ isPending, onInitial, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [comment, setComment] = useState('');
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby={`${id}-title`}>
      <ModalHeader title={t('document.ask.initial')} labelId={`${id}-title`} />
      <ModalBody>
        <Form
          id={id}
          onSubmit={(event) => {
            event.preventDefault();
            onInitial(comment.trim());
          }}
        >
          <FormGroup
            label={`${t('document.ask.comment')} (${t('common.optional')})`}
            fieldId={`${id}-comment`}
          >
            <TextArea
              id={`${id}-comment`}
              value={comment}
              rows={3}
              maxLength={1000}
              autoFocus
              resizeOrientation="vertical"
              onChange={(_event, value) => {
                setComment(value);
              }}
            />
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form={id} isDisabled={isPending} isLoading={isPending}>
          {t('document.act.initial')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
