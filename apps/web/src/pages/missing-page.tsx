import { EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

/** Also the answer for a page that exists and is not this person's: which of the two is not said. */
export function MissingPage() {
  const { t } = useTranslation();
  return (
    <EmptyState headingLevel="h1" titleText={t('shell.missing.title')}>
      <EmptyStateBody>{t('shell.missing.text')}</EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Link href="/">{t('shell.missing.home')}</Link>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}
