import { Alert, Button, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';

import { get, send } from '../../api/client';
import type { DocumentDetail, FileView, Layout, PlacedParts } from '../../api/types';
import { useAct } from '../../parts/act';
import { PageTitle } from '../../parts/page-title';
import { PdfPages } from '../../parts/pdf-pages';
import { ProblemAlert } from '../../parts/problem-alert';
import { useSecrecyOnScreen } from '../../shell/secrecy';
import { PartBox } from './part-box';
import { PartList } from './part-list';
import { placedParts, withPlace } from './standard-places';
import { Loading } from '../../parts/loading';

/** Where number, date and signatures will stand on the page of one document. */
export default function PlacePage() {
  const { t } = useTranslation();
  const { id } = useParams<{ id: string }>();
  const found = useQuery({
    queryKey: ['document', id],
    queryFn: ({ signal }) => get<DocumentDetail>(`/documents/${id}`, signal),
  });
  const document = found.data;
  const main = document?.files.find(({ role }) => role === 'main');
  return (
    <>
      <PageTitle
        title={t('place.title')}
        lead={document?.abstract ?? t('place.lead')}
        actions={
          <Link className="pf-v6-c-button pf-m-link" href={`/outgoing/${id}`}>
            {t('common.back')}
          </Link>
        }
      />
      <PageSection hasBodyWrapper={false} className="sealpost-tabs">
        {found.isError ? (
          <ProblemAlert error={found.error} />
        ) : !document ? (
          <Loading />
        ) : main ? (
          <Placing document={document} main={main} />
        ) : (
          <Alert isInline variant="info" component="p" title={t('place.noFile')} />
        )}
      </PageSection>
    </>
  );
}

function Placing({ document, main }: { readonly document: DocumentDetail; readonly main: FileView }) {
  const { t, i18n } = useTranslation();
  useSecrecyOnScreen(document.secrecy);
  const [layout, setLayout] = useState<Layout>(document.layout ?? {});
  const [page, setPage] = useState(1);
  const [warnings, setWarnings] = useState<PlacedParts['warnings']>([]);
  const saving = useAct(
    () => send<PlacedParts>('PUT', `/documents/${document.id}/layout`, layout, document),
    {
      done: t('place.saved'),
      then: (placed) => {
        setWarnings(placed.warnings);
      },
    },
  );
  return (
    <div className="sealpost-beside">
      <PdfPages
        path={`/documents/${document.id}/files/${main.id}/content?version=${main.versionId}`}
        label={main.title}
        page={page}
        onPage={setPage}
        overlay={(shown) =>
          placedParts.map((part) => {
            const place = layout[part];
            return (
              place?.page === shown.number && (
                <PartBox
                  key={part}
                  part={part}
                  place={place}
                  page={shown}
                  onMove={(next) => {
                    setLayout((before) => withPlace(before, part, next));
                  }}
                />
              )
            );
          })
        }
      />
      <div className="sealpost-stack">
        <p>{t('place.lead')}</p>
        <PartList
          layout={layout}
          pages={main.pageCount}
          page={page}
          onChange={(part, place) => {
            setLayout((before) => withPlace(before, part, place));
            if (place) setPage(place.page);
          }}
        />
        <p className="sealpost-quiet">{t('place.basis')}</p>
        {warnings.length > 0 && (
          <Alert isInline isLiveRegion variant="warning" component="p" title={t('place.covers')}>
            {warnings.map((warning) => (
              <p key={warning.part}>
                {t(`place.part.${warning.part}`)}: {warning[i18n.language === 'en' ? 'en' : 'vi']}
              </p>
            ))}
          </Alert>
        )}
        <div>
          <Button
            isDisabled={saving.isPending}
            isLoading={saving.isPending}
            onClick={() => {
              saving.act(undefined);
            }}
          >
            {t('common.save')}
          </Button>
        </div>
      </div>
    </div>
  );
}
