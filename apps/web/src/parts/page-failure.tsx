import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
} from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Component } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly children: ReactNode;
}

/** Keeps a page that fails from taking the menu along, and says what to do. */
export class PageFailure extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed() {
  const { t } = useTranslation();
  return (
    <EmptyState status="danger" headingLevel="h1" titleText={t('shell.failed.title')}>
      <EmptyStateBody>{t('shell.failed.text')}</EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Button
            onClick={() => {
              window.location.reload();
            }}
          >
            {t('shell.failed.reload')}
          </Button>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}
