import { Alert, Button, EmptyState, EmptyStateBody } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DocumentDetail, FileView } from '../../api/types';
import { size } from '../../formats/numbers';
import { PdfPages } from '../../parts/pdf-pages';

/** The files of a document: a list to choose from, and the chosen one page by page. */
export function DocumentFiles({ document }: { readonly document: DocumentDetail }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string>();
  const { files } = document;
  const file = files.find(({ id }) => id === chosen) ?? files[0];
  if (!file)
    return (
      <EmptyState variant="sm" headingLevel="h2" titleText={t('common.empty')}>
        <EmptyStateBody>{t('document.noFiles')}</EmptyStateBody>
      </EmptyState>
    );
  const path = contentPath(document.id, file);
  return (
    <div className="sealpost-stack">
      <ul className="sealpost-files" aria-label={t('document.filesTitle')}>
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
              {each.role !== 'source' && `${t('common.pages', { count: each.pageCount })} · `}
              {size(each.size)}
            </span>
            <Button
              component="a"
              variant="link"
              isInline
              href={`/api/v1${contentPath(document.id, each)}`}
              download={each.fileName}
              aria-label={`${t('common.download')} ${each.fileName}`}
            >
              {t('common.download')}
            </Button>
          </li>
        ))}
      </ul>
      {file.foreignSignatures > 0 && (
        <Alert
          isInline
          isPlain
          variant="info"
          component="p"
          title={t('document.foreign', { count: file.foreignSignatures })}
        />
      )}
      {file.mediaType === 'application/pdf' ? (
        <PdfPages key={file.id} path={path} label={file.title} />
      ) : (
        <p>{t('document.sourceOnly')}</p>
      )}
    </div>
  );
}

/** Names the version: a signed file is another one, and earlier drafts keep theirs. */
const contentPath = (documentId: string, { id, versionId }: FileView): string =>
  `/documents/${documentId}/files/${id}/content?version=${versionId}`;
