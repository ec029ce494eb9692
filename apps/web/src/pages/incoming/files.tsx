import { Alert, Button, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { IncomingDocument } from '../../api/types';
import { size } from '../../formats/numbers';
import { PdfPages } from '../../parts/pdf-pages';
import { useSession } from '../../shell/session';
import { ScanField } from './scan';
import { useScan } from './use-scan';

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
  if (!file)
    return (
      <div className="sealpost-stack">
        <p className="sealpost-quiet">{t(emptyText(document))}</p>
        <AddScan document={document} />
      </div>
    );
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
      <AddScan document={document} />
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

/** The scan of a paper can come later, and more of it; of a secret never. */
function AddScan({ document }: Props) {
  const { t } = useTranslation();
  const { policies } = useSession();
  const queries = useQueryClient();
  const scan = useScan();
  const { source, secrecy, state, files, id } = document;
  const isTaken = source === 'paper' && secrecy === 'THUONG' && state !== '06';
  if (!isTaken || !policies.includes('incoming.enter')) return null;
  const add = async (): Promise<void> => {
    if (!(await scan.send(id, files.length === 0 ? 'main' : 'attachment'))) return;
    await queries.invalidateQueries({ queryKey: ['incoming', id] });
  };
  return (
    <>
      <ScanField scan={scan} />
      {scan.file && scan.progress === undefined && (
        <div>
          <Button onClick={() => void add()}>{t('incoming.scan.add')}</Button>
        </div>
      )}
    </>
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
