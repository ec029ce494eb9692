import { Alert, Button, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { IncomingDocument } from '../../api/types';
import { size } from '../../formats/numbers';
import { PdfPages } from '../../parts/pdf-pages';

interface Props {
  readonly document: IncomingDocument;
}

type File = IncomingDocument['files'][number];
type Copy = 'stamped' | 'original';

/** The files with the chosen one page by page; one that the server does not show is explained instead. */
export function Files({ document }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string>();
  const [copy, setCopy] = useState<Copy>('stamped');
  const { files } = document;
  const file = files.find(({ id }) => id === chosen) ?? files[0];
  if (!file) return <p className="sealpost-quiet">{t(emptyText(document))}</p>;
  const hasStamped =
    document.source === 'electronic' &&
    document.arrivalNumber !== null &&
    file.role === 'main' &&
    file.fault === null;
  const path = contentPath(document.id, file, hasStamped ? copy : 'original');
  return (
    <div className="sealpost-stack">
      <ul className="sealpost-files" aria-label={t('incoming.files.title')}>
        {files.map((each) => (
          <li key={each.id}>
            <Button
              variant="link"
              aria-pressed={each === file}
              className="sealpost-files__name"
              onClick={() => {
                setChosen(each.id);
              }}
            >
              {t(`document.role.${each.role}`)}: {each.title}
            </Button>
            <span className="sealpost-quiet">
              {t('common.pages', { count: each.pageCount })} · {size(each.size)}
            </span>
            <Download document={document} file={each} />
          </li>
        ))}
      </ul>
      {hasStamped && (
        <ToggleGroup aria-label={t('incoming.files.copy')}>
          {(['stamped', 'original'] as const).map((each) => (
            <ToggleGroupItem
              key={each}
              text={t(`incoming.files.${each}`)}
              isSelected={copy === each}
              onChange={() => {
                setCopy(each);
              }}
            />
          ))}
        </ToggleGroup>
      )}
      {file.fault === null ? (
        <PdfPages key={path} path={path} label={file.title} />
      ) : (
        <Alert isInline variant="danger" component="p" title={t('incoming.files.notShown')}>
          <details>
            <summary>{t('incoming.verdict.code')}</summary>
            <code>{file.fault}</code>
          </details>
        </Alert>
      )}
    </div>
  );
}

function Download({ document, file }: Props & { readonly file: File }) {
  const { t } = useTranslation();
  const isFaulty = file.fault !== null;
  const name = t(isFaulty ? 'incoming.files.downloadForExamination' : 'common.download');
  return (
    <Button
      component="a"
      variant="link"
      isInline
      href={`/api/v1${contentPath(document.id, file, 'original')}${isFaulty ? '?as=download' : ''}`}
      download
      aria-label={`${name}: ${file.title}`}
    >
      {name}
    </Button>
  );
}

const contentPath = (documentId: string, { id }: File, copy: Copy): string =>
  `/incoming/${documentId}/files/${id}/content${copy === 'stamped' ? '?copy=stamped' : ''}`;

function emptyText({
  source,
  secrecy,
}: IncomingDocument): 'incoming.files.none' | 'incoming.files.noneSecret' | 'incoming.files.noneElectronic' {
  if (source === 'electronic') return 'incoming.files.noneElectronic';
  return secrecy === 'THUONG' ? 'incoming.files.none' : 'incoming.files.noneSecret';
}
