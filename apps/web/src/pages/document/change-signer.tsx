import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { DocumentDetail } from '../../api/types';
import { useAct } from '../../parts/act';
import { FormDialog } from '../../parts/form-dialog';
import { isReason, ReasonField } from '../../parts/reason-field';
import { isWhole, noSigner, signerBody, SignerFields } from '../../parts/signer-fields';
import { useBodies } from '../../parts/use-bodies';

interface Props {
  readonly document: DocumentDetail;
  readonly onClose: () => void;
}

/** Names another competent person before the signature, with a reason. */
export function ChangeSigner({ document, onClose }: Props) {
  const { t } = useTranslation();
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
  return (
    <FormDialog
      title={t('document.signer.title')}
      action={t('document.act.changeSigner')}
      isReady={isWhole(signers, signer) && isReason(reason)}
      isPending={changing.isPending}
      onSend={() => {
        changing.act(undefined);
      }}
      onClose={onClose}
    >
      <SignerFields signers={signers} value={signer} onChange={setSigner} />
      <ReasonField reason={reason} hint={t('document.signer.note')} onChange={setReason} />
    </FormDialog>
  );
}
