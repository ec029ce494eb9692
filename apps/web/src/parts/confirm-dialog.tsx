import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly title: string;
  readonly action: string;
  readonly isPending: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** What follows from it. */
  readonly children: ReactNode;
}

/** Asks once more before what cannot be taken back. */
export function ConfirmDialog({ title, action, isPending, onConfirm, onClose, children }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Modal
      isOpen
      variant="small"
      onClose={onClose}
      aria-labelledby={id}
      // Otherwise the cross in the corner has the focus, and Enter closes what was to be confirmed.
      elementToFocus={`[id="${id}-action"]`}
    >
      <ModalHeader title={title} labelId={id} />
      <ModalBody tabIndex={0} aria-label={title}>
        {children}
      </ModalBody>
      <ModalFooter>
        <Button id={`${id}-action`} isDisabled={isPending} isLoading={isPending} onClick={onConfirm}>
          {action}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
