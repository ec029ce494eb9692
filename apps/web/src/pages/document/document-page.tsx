import { PageSection, Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';

import { get } from '../../api/client';
import type { DocumentDetail } from '../../api/types';
import { SecrecyMark, UrgencyMark } from '../../parts/marks';
import { PageTitle } from '../../parts/page-title';
import { ProblemAlert } from '../../parts/problem-alert';
import { OutgoingState } from '../../parts/state-marks';
import { useSecrecyOnScreen } from '../../shell/secrecy';
import { DocumentActions } from './document-actions';
import { DocumentFacts } from './document-facts';
import { DocumentFiles } from './document-files';
import { Drafts } from './drafts';
import { History } from './history';
import { Recipients } from './recipients';
import { Signatures } from './signatures';
import { Loading } from '../../parts/loading';

/** One outgoing document with everything about it, and what can be done with it now. */
export default function DocumentPage() {
  const { id } = useParams<{ id: string }>();
  const found = useQuery({
    queryKey: ['document', id],
    queryFn: ({ signal }) => get<DocumentDetail>(`/documents/${id}`, signal),
  });
  if (found.isPending) return <Loading />;
  if (found.isError)
    return (
      <PageSection hasBodyWrapper={false}>
        <ProblemAlert error={found.error} />
      </PageSection>
    );
  return <Shown document={found.data} />;
}

const tabs = ['document', 'drafts', 'recipients', 'history'] as const;

function Shown({ document }: { readonly document: DocumentDetail }) {
  const { t } = useTranslation();
  useSecrecyOnScreen(document.secrecy);
  const [tab, setTab] = useState<(typeof tabs)[number]>('document');
  return (
    <>
      <PageTitle
        title={document.symbol === null ? document.typeName : `${document.typeName} ${document.symbol}`}
        lead={document.abstract ?? t('outgoing.noAbstract')}
        marks={
          <>
            <UrgencyMark urgency={document.urgency} />
            <SecrecyMark secrecy={document.secrecy} />
            <OutgoingState state={document.state} />
            {document.symbol === null && document.copyOf === null && (
              <span className="sealpost-quiet">{t('document.draftNo', { n: document.draftNo })}</span>
            )}
          </>
        }
        actions={<DocumentActions document={document} />}
      />
      <PageSection hasBodyWrapper={false} className="sealpost-tabs">
        <Tabs
          activeKey={tab}
          aria-label={t('outgoing.title')}
          onSelect={(_event, key) => {
            setTab(key as typeof tab);
          }}
        >
          {tabs
            .filter((key) => key !== 'drafts' || document.copyOf === null)
            .map((key) => (
              <Tab key={key} eventKey={key} title={<TabTitleText>{t(`document.tab.${key}`)}</TabTitleText>}>
                {tab === key && <Panel tab={key} document={document} />}
              </Tab>
            ))}
        </Tabs>
      </PageSection>
    </>
  );
}

interface PanelProps {
  readonly tab: (typeof tabs)[number];
  readonly document: DocumentDetail;
}

function Panel({ tab, document }: PanelProps) {
  switch (tab) {
    case 'document':
      return (
        <div className="sealpost-beside">
          <DocumentFiles document={document} />
          <div className="sealpost-stack">
            <DocumentFacts document={document} />
            <Signatures document={document} />
          </div>
        </div>
      );
    case 'drafts':
      return <Drafts document={document} />;
    case 'recipients':
      return <Recipients document={document} />;
    case 'history':
      return <History document={document} />;
  }
}
