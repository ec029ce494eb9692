import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { upload } from '../../api/client';
import type { CertificateUse } from '../../api/types';
import { TextField } from '../../parts/fields';
import { FormDialog } from '../../parts/form-dialog';
import { ProblemAlert } from '../../parts/problem-alert';
import { useToast } from '../../parts/toasts';
import { FileField } from './file-field';
import { nobody, OwnerFields } from './owner-fields';
import { pinPattern } from './patterns';

const uses: readonly CertificateUse[] = ['signing', 'evidence'];

/**
 * Brings in a key from a PKCS #12 file. Password and PIN leave the page with the request: the fields are empty from
 * then on, and nothing remembers them, so that this does not go through the cache of what was sent.
 */
export function ImportKey({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tell = useToast();
  const [owner, setOwner] = useState(nobody);
  const [file, setFile] = useState<File>();
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const isUnattended = owner.kind === 'agency' && owner.use === 'evidence';

  const send = async (ownerId: string, from: File): Promise<void> => {
    const form = new FormData();
    const fields = {
      ownerKind: owner.kind,
      ownerId,
      use: owner.use,
      password,
      ...(!isUnattended && { pin }),
    };
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', from);
    setPassword('');
    setPin('');
    setRefusal(null);
    setPending(true);
    try {
      await upload('/admin/keys', form);
      tell(t('administration.keys.imported'));
      onClose();
    } catch (error) {
      setRefusal(error);
      setPending(false);
    }
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  };
  return (
    <FormDialog
      title={t('administration.keys.importTitle')}
      description={t('administration.keys.importNote')}
      action={t('administration.keys.import')}
      isReady={owner.chosen !== undefined && file !== undefined && (isUnattended || pinPattern.test(pin))}
      isPending={isPending}
      onSend={() => {
        if (owner.chosen && file) void send(owner.chosen.id, file);
      }}
      onClose={onClose}
    >
      {refusal !== null && <ProblemAlert error={refusal} />}
      <OwnerFields owner={owner} uses={uses} onChange={setOwner} />
      <FileField
        label={t('administration.keys.file')}
        hint={t('administration.keys.fileHint')}
        accept=".p12,.pfx"
        onChange={setFile}
      />
      <TextField
        label={t('administration.keys.password')}
        type="password"
        autoComplete="off"
        maxLength={200}
        value={password}
        onChange={setPassword}
      />
      {!isUnattended && (
        <TextField
          label={t('administration.keys.pin')}
          hint={t('administration.keys.pinHint')}
          pattern={pinPattern}
          type="password"
          autoComplete="off"
          isRequired
          maxLength={64}
          value={pin}
          onChange={setPin}
        />
      )}
    </FormDialog>
  );
}
