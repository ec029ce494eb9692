import { ActionList, ActionListItem, Content, PageSection, Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Children, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** Names the browser's tab. */
export function usePageTitle(title: string): void {
  const { t } = useTranslation();
  const product = t('shell.product');
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
}

interface Props {
  readonly title: string;
  /** One quiet line below. */
  readonly lead?: ReactNode;
  /** Marks beside the title. */
  readonly marks?: ReactNode;
  /** Buttons at the end of the line. */
  readonly actions?: ReactNode;
}

/** The head of every page: its one h1, what it is about, and what can be done. */
export function PageTitle({ title, lead, marks, actions }: Props) {
  usePageTitle(title);
  return (
    <PageSection hasBodyWrapper={false}>
      <div className="sealpost-title">
        <div className="sealpost-title__words">
          <div className="sealpost-title__line">
            <Title headingLevel="h1" size="xl">
              {title}
            </Title>
            {marks}
          </div>
          {lead && <Content component="p">{lead}</Content>}
        </div>
        {actions && (
          <ActionList>
            {Children.map(actions, (action) => (
              <ActionListItem>{action}</ActionListItem>
            ))}
          </ActionList>
        )}
      </div>
    </PageSection>
  );
}
