import { Button, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useId } from 'react';

import { get } from '../../api/client';
import type { Page } from '../../api/types';
import { NotYet } from '../../parts/loading';

interface Props<T> {
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  readonly onAction: () => void;
  /** Path below /api/v1 of a list that has one page. */
  readonly path: string;
  readonly empty: string;
  /** The list, told the name of the section. */
  readonly children: (items: readonly T[], label: string) => ReactNode;
}

/** What belongs to an agency and is few: a heading, what can be added, and all of them. */
export function Section<T>({ title, lead, action, onAction, path, empty, children }: Props<T>) {
  const id = useId();
  const { data, error } = useQuery({
    queryKey: ['section', path],
    queryFn: ({ signal }) => get<Page<T>>(path, signal),
    refetchOnWindowFocus: false,
  });
  return (
    <section aria-labelledby={id} className="sealpost-stack">
      <div className="sealpost-section__head">
        <div>
          <Title headingLevel="h2" size="md" id={id}>
            {title}
          </Title>
          <p className="sealpost-quiet">{lead}</p>
        </div>
        <Button variant="secondary" size="sm" onClick={onAction}>
          {action}
        </Button>
      </div>
      {(!data || error) && <NotYet error={error} />}
      {data?.items.length === 0 && <p>{empty}</p>}
      {data !== undefined && data.items.length > 0 && children(data.items, title)}
    </section>
  );
}
