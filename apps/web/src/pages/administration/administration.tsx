import { PageSection } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import { PageTitle } from '../../parts/page-title';
import './administration.css';

const parts = ['agencies', 'people', 'certificates', 'keys'] as const;

interface Props {
  readonly part: (typeof parts)[number];
  readonly title: string;
  readonly lead?: string;
  readonly marks?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** Every page of the administration: its title, the ways to the other parts, and what it is about. */
export function Administration({ part, children, ...title }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle {...title} />
      <PageSection hasBodyWrapper={false} className="sealpost-administration">
        <nav className="sealpost-choices" aria-label={t('administration.parts')}>
          {parts.map((each) => (
            <Link
              key={each}
              href={`/administration/${each}`}
              aria-current={each === part ? 'page' : undefined}
            >
              {t(`administration.part.${each}`)}
            </Link>
          ))}
        </nav>
        {children}
      </PageSection>
    </>
  );
}
