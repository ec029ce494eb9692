import { useRef, useState } from 'react';

import { upload } from '../../api/client';

export interface Scan {
  readonly file: File | undefined;
  /** 0…1 while it is uploaded. */
  readonly progress: number | undefined;
  /** Why it was not taken. */
  readonly error: unknown;
  readonly choose: (file: File) => void;
  /** Takes it out, also while it is uploaded. */
  readonly remove: () => void;
  /** Answers whether it arrived; true where there is none. */
  readonly send: (incomingId: string, role: 'main' | 'attachment') => Promise<boolean>;
}

/** One file on its way to a paper. */
export function useScan(): Scan {
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
