import { Bullseye, Spinner } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import { ProblemAlert } from './problem-alert';

/** In place of what is being read. */
export function Loading({ className }: { readonly className?: string }) {
  const { t } = useTranslation();
  return (
    <Bullseye {...(className !== undefined && { className })}>
      <Spinner aria-label={t('common.loading')} />
    </Bullseye>
  );
}

/** In place of what is not there yet: why it will not come, or that it is being read. */
export function NotYet({ error }: { readonly error: unknown }) {
  return error ? <ProblemAlert error={error} /> : <Loading />;
}
