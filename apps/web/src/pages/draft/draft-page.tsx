import { Alert, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';

import { get } from '../../api/client';
import type { DocumentDetail } from '../../api/types';
import { PageTitle } from '../../parts/page-title';
import { ProblemAlert } from '../../parts/problem-alert';
import { useBodies } from '../../parts/use-bodies';
import { useSession } from '../../shell/session';
import { DraftForm } from './draft-form';
import { Loading } from '../../parts/loading';

/** The drafter's form: empty for a new document, filled with what is there for one to be changed. */
export default function DraftPage() {
  const { t } = useTranslation();
  const { id } = useParams<{ id?: string }>();
  const { person } = useSession();
  const bodies = useBodies();
  const found = useQuery({
    queryKey: ['document', id],
    queryFn: ({ signal }) => get<DocumentDetail>(`/documents/${id}`, signal),
    enabled: id !== undefined,
    // What somebody is typing is not replaced by what the server says meanwhile.
    refetchOnWindowFocus: false,
  });
  const [renewals, setRenewals] = useState(0);
  const document = found.data;
  const mayEdit =
    document === undefined ||
    (document.drafterId === person.id && (document.state === 'DRAFT' || document.state === 'RETURNED'));
  return (
    <>
      <PageTitle
        title={t(id === undefined ? 'draft.title.new' : 'draft.title.edit')}
        lead={document?.abstract ?? t('draft.lead')}
      />
      <PageSection hasBodyWrapper={false} className="sealpost-tabs">
        {found.isError ? (
          <ProblemAlert error={found.error} />
        ) : !mayEdit ? (
          <Alert isInline variant="info" component="p" title={t('draft.notYours')} />
        ) : bodies === undefined || (id !== undefined && document === undefined) ? (
          <Loading />
        ) : (
          <DraftForm
            key={renewals}
            bodies={bodies}
            document={document}
            onRenew={() => {
              void found.refetch().then(() => {
                setRenewals(renewals + 1);
              });
            }}
          />
        )}
      </PageSection>
    </>
  );
}
