import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { upload } from '../../api/client';
import { useToast } from '../../parts/toasts';

export interface Scan {
  readonly file: File | undefined;
  /** 0…1 while it is uploaded. */
  readonly progress: number | undefined;
  /** Why it was not taken. */
  readonly error: unknown;
  readonly choose: (file: File) => void;
  /** Takes it out, also while it is uploaded. */
  readonly remove: () => void;
  /** Tells when it arrived, and answers whether it did; true where there is none. */
  readonly send: (incomingId: string, role: 'main' | 'attachment') => Promise<boolean>;
}

/** One file on its way to a paper. */
export function useScan(): Scan {
  const { t } = useTranslation();
  const tell = useToast();
  const [file, setFile] = useState<File>();
  const [progress, setProgress] = useState<number>();
  const [error, setError] = useState<unknown>();
  const stop = useRef<AbortController>(undefined);
  return {
    file,
    progress,
    error,
    choose: (chosen) => {
      setFile(chosen);
      setError(undefined);
    },
    remove: () => {
      stop.current?.abort();
      setFile(undefined);
      setError(undefined);
    },
    send: async (incomingId, role) => {
      if (!file) return true;
      const leaving = new AbortController();
      stop.current = leaving;
      setError(undefined);
      setProgress(0);
      const form = new FormData();
      form.append('role', role);
      form.append('file', file, file.name.normalize('NFC'));
      try {
        await upload(`/incoming/${incomingId}/files`, form, {
          signal: leaving.signal,
          onProgress: setProgress,
        });
        setFile(undefined);
        tell(t('incoming.scan.done'));
        return true;
      } catch (refusal) {
        if (!leaving.signal.aborted) setError(refusal);
        return false;
      } finally {
        setProgress(undefined);
      }
    },
  };
}
