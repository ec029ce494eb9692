import { Button, ClipboardCopy, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { GivenPassword as Given } from '../../api/types';

interface Props {
  readonly name: string;
  readonly given: Given;
  readonly onClose: () => void;
}

/** The password that is told once: gone with this dialog. */
export function GivenPassword({ name, given, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby={id}>
      <ModalHeader
        title={t('administration.account.given')}
        description={t('administration.account.givenNote', { name })}
        labelId={id}
      />
      <ModalBody>
        <p>{t('administration.account.givenName', { loginName: given.loginName })}</p>
        <ClipboardCopy
          isReadOnly
          textAriaLabel={t('administration.account.given')}
          hoverTip={t('administration.account.copy')}
          clickTip={t('administration.account.copied')}
        >
          {given.initialPassword}
        </ClipboardCopy>
      </ModalBody>
      <ModalFooter>
        <Button onClick={onClose}>{t('administration.account.handedOver')}</Button>
      </ModalFooter>
    </Modal>
  );
}
