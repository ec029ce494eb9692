import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { CertificateUse } from '../../api/types';
import { useAct } from '../../parts/act';
import { FormDialog } from '../../parts/form-dialog';
import { FileField } from './file-field';
import { nobody, OwnerFields } from './owner-fields';

const uses: readonly CertificateUse[] = ['signing', 'evidence', 'encryption'];

/** Brings in a certificate from a file, PEM or DER. */
export function ImportCertificate({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [owner, setOwner] = useState(nobody);
  const [file, setFile] = useState<File>();
  const importing = useAct(
    async (from: File) =>
      send('POST', '/admin/certificates', {
        ...{ ownerKind: owner.kind, ownerId: owner.chosen?.id, use: owner.use },
        certificate: await textOf(from),
      }),
    { done: t('administration.certificates.imported'), then: onClose },
  );
  return (
    <FormDialog
      title={t('administration.certificates.importTitle')}
      description={t('administration.certificates.importNote')}
      action={t('administration.certificates.import')}
      isReady={owner.chosen !== undefined && file !== undefined}
      isPending={importing.isPending}
      onSend={() => {
        if (file) importing.act(file);
      }}
      onClose={onClose}
    >
      <OwnerFields owner={owner} uses={uses} onChange={setOwner} />
      <FileField
        label={t('administration.certificates.file')}
        hint={t('administration.certificates.fileHint')}
        accept=".pem,.cer,.crt,.der"
        onChange={setFile}
      />
    </FormDialog>
  );
}

/** As the server takes it: PEM as it is, DER in base64. */
async function textOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return text.includes('-----BEGIN') ? text : btoa(text);
}
