import { Button } from '@patternfly/react-core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { getFile } from '../api/client';
import { share, size } from '../formats/numbers';
import { ProblemAlert } from './problem-alert';
import { useToast } from './toasts';

interface Running {
  readonly name: string;
  readonly received: number;
  readonly total: number | null;
}

export interface Download {
  /** @param name what is fetched, as the person is told */
  readonly start: (path: string, name: string) => void;
  readonly cancel: () => void;
  readonly running: Running | null;
  readonly error: unknown;
}

/** Fetches one file at a time from the server and lets the browser save it when it is whole. */
export function useDownload(): Download {
  const { t } = useTranslation();
  const tell = useToast();
  const [running, setRunning] = useState<Running | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stop = useRef(new AbortController());
  useEffect(
    () => () => {
      stop.current.abort();
    },
    [],
  );

  const fetchIt = async (path: string, name: string): Promise<void> => {
    const run = new AbortController();
    stop.current.abort();
    stop.current = run;
    setError(null);
    setRunning({ name, received: 0, total: null });
    try {
      const { bytes, fileName } = await getFile(
        path,
        (received, total) => {
          setRunning({ name, received, total });
        },
        run.signal,
      );
      save(bytes, fileName ?? name);
      tell(t('common.downloaded', { name, size: size(bytes.size) }));
    } catch (failure) {
      if (!run.signal.aborted) setError(failure);
    } finally {
      if (stop.current === run) setRunning(null);
    }
  };
  return {
    start: (path, name) => void fetchIt(path, name),
    cancel: () => {
      stop.current.abort();
    },
    running,
    error,
  };
}

function save(bytes: Blob, fileName: string): void {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has begun to save by then.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}

/** How far a download is, with a way to stop it; why it failed. */
export function DownloadStatus({ download: { running, error, cancel } }: { readonly download: Download }) {
  const { t } = useTranslation();
  return (
    <>
      <div role="status" className="sealpost-download__name">
        {running && t('common.downloading', { name: running.name })}
      </div>
      {running && (
        <div className="sealpost-download">
          <progress
            aria-label={t('common.downloading', { name: running.name })}
            {...(running.total !== null && { value: running.received, max: running.total })}
          />
          <span className="sealpost-number">
            {size(running.received)}
            {running.total !== null && running.total > 0 && ` (${share(running.received / running.total)})`}
          </span>
          <Button variant="link" isInline onClick={cancel}>
            {t('common.stop')}
          </Button>
        </div>
      )}
      {error !== null && <ProblemAlert error={error} />}
    </>
  );
}
