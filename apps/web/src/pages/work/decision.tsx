import {
  Alert,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import { get } from '../../api/client';
import type { DocumentDetail, WaitingView } from '../../api/types';
import { moment } from '../../formats/moments';
import { SecrecyMark, UrgencyMark } from '../../parts/marks';
import { PdfPages } from '../../parts/pdf-pages';
import { ProblemAlert } from '../../parts/problem-alert';
import { useSecrecyOnScreen } from '../../shell/secrecy';
import { ChangesSinceReturn } from './changes';
import { DecisionButtons } from './decision-buttons';
import { Loading } from '../../parts/loading';

interface Props {
  readonly view: WaitingView;
  readonly id: string;
}

/** The paper with what is known of it and what can be done, side by side with the list it came from. */
export default function Decision({ view, id }: Props) {
  const { t } = useTranslation();
  const head = useRef<HTMLHeadingElement>(null);
  const [fileId, setFileId] = useState<string>();
  const read = useQuery({
    queryKey: ['document', id],
    queryFn: ({ signal }) => get<DocumentDetail>(`/documents/${id}`, signal),
  });
  const document = read.data;
  useSecrecyOnScreen(document?.secrecy);
  const isRead = document !== undefined;
  useEffect(() => {
    if (isRead) head.current?.focus();
  }, [isRead]);
  if (read.isPending) return <Loading className="sealpost-desk__decision" />;
  if (read.isError || !document) return <ProblemAlert error={read.error} />;
  const file = document.files.find((one) => one.id === fileId) ?? document.files[0];
  const lastReturn = document.drafts.findLast((draft) => draft.returnReason !== null);
  return (
    <article className="sealpost-desk__decision" aria-labelledby="decision-title">
      <p className="sealpost-desk__back">
        <Link href={`/work/${view}`}>{t('common.back')}</Link>
      </p>
      <h2 id="decision-title" ref={head} tabIndex={-1} className="sealpost-desk__title">
        <UrgencyMark urgency={document.urgency} /> <SecrecyMark secrecy={document.secrecy} />{' '}
        {document.typeName}
        {document.symbol && <span className="sealpost-number"> {document.symbol}</span>}:{' '}
        {document.abstract ?? t('outgoing.noAbstract')}
      </h2>
      <DescriptionList
        isCompact
        columnModifier={{ default: '1Col', xl: '2Col' }}
        className="sealpost-desk__facts"
      >
        <Fact name={t('work.signer')}>
          {document.signer?.block.join(' / ') ?? t('document.fact.agencyAlone')}
        </Fact>
        <Fact name={t('work.draftNo', { n: document.draftNo })}>{moment(document.changedAt)}</Fact>
        <Fact name={t('work.recipients')}>
          {[...document.recipients, ...document.paperRecipients].map(({ name }) => name).join('; ')}
        </Fact>
        <Fact name={t('work.files')}>
          <ul className="sealpost-desk__files">
            {document.files.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className="sealpost-link"
                  aria-pressed={one.id === file?.id}
                  onClick={() => {
                    setFileId(one.id);
                  }}
                >
                  {one.title}
                </button>{' '}
                <span className="sealpost-quiet">{t('common.pages', { count: one.pageCount })}</span>
              </li>
            ))}
          </ul>
        </Fact>
      </DescriptionList>
      {lastReturn && (
        <Alert isInline isPlain variant="warning" component="h3" title={t('work.lastReturn')}>
          {t('work.draftNo', { n: lastReturn.n })}: {lastReturn.returnReason}
        </Alert>
      )}
      {lastReturn && <ChangesSinceReturn id={id} version={document.version} />}
      <DecisionButtons view={view} document={document} />
      {file ? (
        <PdfPages
          key={file.versionId}
          path={`/documents/${id}/files/${file.id}/content?version=${file.versionId}`}
          label={file.title}
        />
      ) : (
        <p>{t('work.noFile')}</p>
      )}
      <p>
        <Link href={`/outgoing/${id}`}>{t('work.fullView')}</Link>
      </p>
    </article>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{name}</DescriptionListTerm>
      <DescriptionListDescription>{children}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}
