import { Button } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import { query } from '../../parts/use-address';
import { DownloadStatus, useDownload } from '../../parts/use-download';

const formats = ['jsonl', 'html'] as const;

interface Props {
  /** The question whose answer is taken away, as the API takes it. */
  readonly asked: Readonly<Record<string, string>>;
}

/** What was found, as sealed data or as a page to print: how far the download is, and why it failed. */
export function ExportButtons({ asked }: Props) {
  const { t } = useTranslation();
  const download = useDownload();
  return (
    <div className="sealpost-stack">
      <div className="sealpost-actions" role="group" aria-label={t('inspection.export.label')}>
        {formats.map((format) => (
          <Button
            key={format}
            variant="secondary"
            size="sm"
            isDisabled={download.running !== null}
            onClick={() => {
              download.start(
                `/audit/export${query({ ...asked, format })}`,
                t(`inspection.export.file.${format}`),
              );
            }}
          >
            {t('inspection.export.label')}: {t(`inspection.export.${format}`)}
          </Button>
        ))}
      </div>
      <p className="sealpost-quiet sealpost-inspection__hint">{t('inspection.export.hint')}</p>
      <DownloadStatus download={download} />
    </div>
  );
}
