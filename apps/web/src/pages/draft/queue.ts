import { useRef, useState } from 'react';

import { upload } from '../../api/client';
import type { FileView } from '../../api/types';

export type FileRole = FileView['role'];

/** A file on its way into the draft. */
export interface QueuedFile {
  readonly id: string;
  /** Of its request, however often it is tried: what has arrived does not arrive again. */
  readonly key: string;
  readonly file: File;
  readonly role: FileRole;
  readonly state: 'waiting' | 'uploading' | 'failed' | 'cancelled';
  /** 0…1 while it is uploaded. */
  readonly share: number;
  readonly error?: unknown;
}

export interface Queue {
  readonly files: readonly QueuedFile[];
  readonly add: (files: readonly File[], hasMain: boolean) => void;
  readonly setRole: (id: string, role: FileRole) => void;
  /** Takes a file out, also while it is uploaded. */
  readonly remove: (id: string) => void;
  readonly stop: (id: string) => void;
  /** Uploads all, one after another. Answers whether every file arrived. */
  readonly send: (documentId: string) => Promise<boolean>;
}

const isSource = ({ name }: File): boolean => /\.(docx?|odt)$/i.test(name);

/** Files wait here with their kind until the draft is saved; each ends as arrived, failed with its reason, or stopped. */
export function useQueue(): Queue {
  const [files, setFiles] = useState<readonly QueuedFile[]>([]);
  const stops = useRef(new Map<string, AbortController>());
  const change = (id: string, patch: Partial<QueuedFile>): void => {
    setFiles((before) => before.map((each) => (each.id === id ? { ...each, ...patch } : each)));
  };
  const drop = (id: string): void => {
    setFiles((before) => before.filter((each) => each.id !== id));
  };
  return {
    files,
    add: (given, hasMain) => {
      setFiles((before) => {
        let isMainThere = hasMain || before.some(({ role }) => role === 'main');
        const added = given.map((file): QueuedFile => {
          const role = isSource(file) ? 'source' : isMainThere ? 'annex' : 'main';
          isMainThere ||= role === 'main';
          return {
            id: crypto.randomUUID(),
            key: crypto.randomUUID(),
            file,
            role,
            state: 'waiting',
            share: 0,
          };
        });
        return [...before, ...added];
      });
    },
    setRole: (id, role) => {
      change(id, { role, key: crypto.randomUUID() });
    },
    remove: (id) => {
      stops.current.get(id)?.abort();
      drop(id);
    },
    stop: (id) => {
      stops.current.get(id)?.abort();
    },
    send: async (documentId) => {
      let isWhole = true;
      for (const { id, key, file, role } of files) {
        const stop = new AbortController();
        stops.current.set(id, stop);
        change(id, { state: 'uploading', share: 0, error: undefined });
        const form = new FormData();
        form.append('role', role);
        form.append('file', file, file.name.normalize('NFC'));
        try {
          await upload(`/documents/${documentId}/files`, form, {
            signal: stop.signal,
            key,
            onProgress: (share) => {
              change(id, { share });
            },
          });
          drop(id);
        } catch (error) {
          isWhole = false;
          change(id, stop.signal.aborted ? { state: 'cancelled' } : { state: 'failed', error });
        } finally {
          stops.current.delete(id);
        }
      }
      return isWhole;
    },
  };
}
