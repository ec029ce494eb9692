import { SearchInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import { useAddress, useSettlingText } from '../../parts/use-address';

/** What a list is narrowed to, kept in the address. */
export function SearchField({ label, hint }: { readonly label: string; readonly hint: string }) {
  const { t } = useTranslation();
  const address = useAddress();
  const [typed, type] = useSettlingText(address.value('q'), (q) => {
    address.change({ q });
  });
  return (
    <SearchInput
      className="sealpost-search"
      aria-label={label}
      placeholder={hint}
      resetButtonLabel={t('common.remove')}
      value={typed}
      onChange={(_event, value) => {
        type(value.slice(0, 100));
      }}
      onClear={() => {
        type('');
      }}
    />
  );
}
