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

import { send } from '../../api/client';
import type { DocumentDetail } from '../../api/types';
import { useAct } from '../../parts/act';
import { isWhole, noSigner, signerBody, SignerFields } from '../../parts/signer-fields';
import { useBodies } from '../../parts/use-bodies';

interface Props {
  readonly document: DocumentDetail;
  readonly onClose: () => void;
}

/** Names another competent person before the signature, with a reason. */
export function ChangeSigner({ document, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [signer, setSigner] = useState(noSigner);
  const [reason, setReason] = useState('');
  const signers = useBodies()?.find((body) => body.id === document.bodyId)?.signers ?? [];
  const changing = useAct(
    () =>
      send(
        'POST',
        `/documents/${document.id}/signer`,
        { ...signerBody(signer), reason: reason.trim() },
        document,
      ),
    { done: t('document.done.changeSigner'), then: onClose },
  );
  const isReady = isWhole(signers, signer) && reason.trim().length >= 3 && !changing.isPending;
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby={`${id}-title`}>
      <ModalHeader title={t('document.signer.title')} labelId={`${id}-title`} />
      <ModalBody>
        <Form
          id={id}
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady) changing.act(undefined);
          }}
        >
          <SignerFields signers={signers} value={signer} onChange={setSigner} />
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
                <HelperTextItem>{t('document.signer.note')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form={id} isDisabled={!isReady} isLoading={changing.isPending}>
          {t('document.act.changeSigner')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
