import { Bullseye, Button } from '@patternfly/react-core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { ProblemAlert } from './problem-alert';

type Pages = Pick<
  UseInfiniteQueryResult,
  'hasNextPage' | 'isFetchingNextPage' | 'isFetchNextPageError' | 'error' | 'fetchNextPage'
>;

/** The end of a list: asks for the next page when it comes into view, or by its button; a failure is told here. */
export function EndlessEnd({ pages }: { readonly pages: Pages }) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage } = pages;
  const isWaiting = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (!isWaiting || end.current === null) return undefined;
    const seen = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) void fetchNextPage();
    });
    seen.observe(end.current);
    return () => {
      seen.disconnect();
    };
  }, [isWaiting, fetchNextPage]);
  return (
    <div ref={end} className="sealpost-end">
      {isFetchNextPageError && <ProblemAlert error={error} />}
      {hasNextPage && (
        <Bullseye>
          <Button
            variant="secondary"
            isLoading={isFetchingNextPage}
            isDisabled={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {isFetchingNextPage ? t('common.loadingMore') : t('common.more')}
          </Button>
        </Bullseye>
      )}
    </div>
  );
}
