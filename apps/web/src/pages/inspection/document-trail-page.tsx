import { PageSection } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';

import type { InspectedDocument } from '../../api/types';
import { day } from '../../formats/moments';
import { SecrecyMark } from '../../parts/marks';
import { PageTitle } from '../../parts/page-title';
import { useAddress } from '../../parts/use-address';
import { ExportButtons } from './export-buttons';
import './inspection.css';
import { Readers } from './readers';
import { ScopeChoice } from './scope-choice';
import { Timeline } from './timeline';
import { useInspectedDocument } from './use-inspected-document';
import { useScope } from './use-scope';

const tabs = ['timeline', 'opened', 'able'] as const;

/** What the trail knows of one document: its timeline, who opened it, who could have. Never what it says. */
export default function DocumentTrailPage() {
  const { t } = useTranslation();
  const { id } = useParams<{ id: string }>();
  const scope = useScope();
  const asked = useAddress().value('tab');
  const tab = tabs.find((each) => each === asked) ?? 'timeline';
  const document = useInspectedDocument(scope, id);
  const symbol = document?.symbol ?? null;
  return (
    <>
      <PageTitle
        title={symbol === null ? t('inspection.timeline.title') : t('inspection.timeline.of', { symbol })}
        marks={document && <SecrecyMark secrecy={document.secrecy} />}
        lead={document && <Facts document={document} />}
        actions={<Link href={`/trail${scope.address()}`}>{t('inspection.timeline.back')}</Link>}
      />
      <PageSection hasBodyWrapper={false} className="sealpost-inspection">
        <ScopeChoice scope={scope} />
        {scope.chosen !== '' && (
          <>
            <nav className="sealpost-choices" aria-label={t('inspection.timeline.tabs')}>
              {tabs.map((each) => (
                <Link
                  key={each}
                  href={`/trail/documents/${id}${scope.address(each === 'timeline' ? {} : { tab: each })}`}
                  aria-current={each === tab ? 'page' : undefined}
                >
                  {t(`inspection.timeline.tab.${each}`)}
                </Link>
              ))}
            </nav>
            {tab === 'timeline' ? (
              <>
                <ExportButtons asked={{ ...scope.asked, documentId: id }} />
                <Timeline documentId={id} scope={scope} />
              </>
            ) : (
              <Readers documentId={id} scope={scope} which={tab} />
            )}
          </>
        )}
      </PageSection>
    </>
  );
}

function Facts({ document: { issuedOn, agencyNames } }: { readonly document: InspectedDocument }) {
  const { t } = useTranslation();
  const facts = [
    issuedOn === null ? null : t('inspection.timeline.issuedOn', { day: day(issuedOn) }),
    t('inspection.timeline.held', { names: agencyNames.join(', ') }),
  ];
  return facts.filter((fact) => fact !== null).join(' · ');
}
