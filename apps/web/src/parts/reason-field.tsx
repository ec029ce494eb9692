import { FormGroup, TextArea } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import { Hint } from './hint';

interface Props {
  readonly reason: string;
  /** Who reads it, or what follows from it; by default that the other side reads it. */
  readonly hint?: string;
  readonly autoFocus?: true;
  /** Characters that the server takes. */
  readonly longest?: number;
  readonly onChange: (reason: string) => void;
}

/** The shortest reason that the server takes. */
const shortest = 3;

export const isReason = (reason: string): boolean => reason.trim().length >= shortest;

/** Why: asked before whatever somebody else is told the reason of. */
export function ReasonField({ reason, hint, autoFocus, longest = 1000, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <FormGroup label={t('common.reason')} fieldId={id} isRequired>
      <TextArea
        id={id}
        value={reason}
        rows={4}
        maxLength={longest}
        isRequired
        autoFocus={autoFocus === true}
        resizeOrientation="vertical"
        onChange={(_event, value) => {
          onChange(value);
        }}
      />
      <Hint>{hint ?? t('common.reasonHint')}</Hint>
    </FormGroup>
  );
}
