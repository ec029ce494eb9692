import { Button, Form, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly title: string;
  readonly description?: string;
  readonly action: string;
  readonly variant?: 'small' | 'medium';
  /** What is done cannot be taken back, or ends something. */
  readonly isDanger?: true;
  readonly isReady: boolean;
  readonly isPending: boolean;
  readonly onSend: () => void;
  readonly onClose: () => void;
  /** Fields of the form. */
  readonly children: ReactNode;
}

/** A few fields to fill before something is done; sent by Enter or its button once they suffice. */
export function FormDialog({
  title,
  description,
  action,
  variant = 'small',
  isDanger,
  isReady,
  isPending,
  onSend,
  onClose,
  children,
}: Props) {
  const { t } = useTranslation();
  const id = useId();
  const canSend = isReady && !isPending;
  return (
    <Modal isOpen variant={variant} onClose={onClose} aria-labelledby={`${id}-title`}>
      <ModalHeader title={title} description={description} labelId={`${id}-title`} />
      <ModalBody>
        <Form
          id={id}
          onSubmit={(event) => {
            event.preventDefault();
            if (canSend) onSend();
          }}
        >
          {children}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form={id}
          variant={isDanger ? 'danger' : 'primary'}
          isDisabled={!canSend}
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
