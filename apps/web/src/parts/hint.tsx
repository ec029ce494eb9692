import { FormHelperText, HelperText, HelperTextItem } from '@patternfly/react-core';

import { usePreferences } from '../shell/preferences';

/** A short explanation below a field; not shown to whoever turned them off. */
export function Hint({ children }: { readonly children: string }) {
  const [{ hints }] = usePreferences();
  if (!hints) return null;
  return (
    <FormHelperText>
      <HelperText>
        <HelperTextItem>{children}</HelperTextItem>
      </HelperText>
    </FormHelperText>
  );
}
