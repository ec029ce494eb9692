import { Button, Progress } from '@patternfly/react-core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { shownName } from '../../formats/file-names';
import { share, size } from '../../formats/numbers';
import { ProblemAlert } from '../../parts/problem-alert';
import { useDrop } from '../../parts/use-drop';
import type { Scan } from './use-scan';

/** The scan of a paper: dropped anywhere on the page or chosen, with its progress, its refusal, and a way to stop. */
export function ScanField({ scan }: { readonly scan: Scan }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const isOver = useDrop(([file]) => {
    if (file) scan.choose(file);
  });
  const { file, progress, error } = scan;
  return (
    <div className="sealpost-stack">
      {isOver && (
        <div className="sealpost-drop" aria-hidden="true">
          {t('incoming.scan.here')}
        </div>
      )}
      <div>
        <input
          ref={input}
          type="file"
          hidden
          accept=".pdf"
          onChange={({ target }) => {
            const [chosen] = target.files ?? [];
            if (chosen) scan.choose(chosen);
            target.value = '';
          }}
        />
        <Button
          variant="secondary"
          isDisabled={progress !== undefined}
          onClick={() => {
            input.current?.click();
          }}
        >
          {t(file ? 'incoming.scan.other' : 'incoming.scan.choose')}
        </Button>{' '}
        {file ? (
          <>
            {shownName(file.name)} <span className="sealpost-quiet">{size(file.size)}</span>{' '}
            <Button variant="link" isInline onClick={scan.remove}>
              {t(progress === undefined ? 'common.remove' : 'incoming.scan.stop')}
            </Button>
          </>
        ) : (
          <span className="sealpost-quiet">{t('incoming.scan.hint')}</span>
        )}
      </div>
      {progress !== undefined && (
        <Progress
          size="sm"
          value={progress * 100}
          measureLocation="none"
          title={t('incoming.scan.uploading', { share: share(progress) })}
        />
      )}
      {error !== undefined && <ProblemAlert error={error} />}
    </div>
  );
}
