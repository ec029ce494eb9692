import {
  Button,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextArea,
} from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly title: string;
  readonly action: string;
  readonly isDanger?: true;
  readonly isPending: boolean;
  readonly onReason: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks why, before something that the other side is told the reason of: return, refuse, cancel, recall. */
export function ReasonDialog({ title, action, isDanger, isPending, onReason, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [reason, setReason] = useState('');
  const isLongEnough = reason.trim().length >= 3;
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby={`${id}-title`}>
      <ModalHeader title={title} labelId={`${id}-title`} />
      <ModalBody>
        <Form
          id={id}
          onSubmit={(event) => {
            event.preventDefault();
            if (isLongEnough) onReason(reason.trim());
          }}
        >
          <FormGroup label={t('common.reason')} fieldId={`${id}-reason`} isRequired>
            <TextArea
              id={`${id}-reason`}
              value={reason}
              rows={4}
              maxLength={1000}
              isRequired
              autoFocus
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
        <Button
          type="submit"
          form={id}
          variant={isDanger ? 'danger' : 'primary'}
          isDisabled={!isLongEnough || isPending}
          isLoading={isPending}
        >
          {action}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
