import { useState } from 'react';

import { FormDialog } from './form-dialog';
import { isReason, ReasonField } from './reason-field';

interface Props {
  readonly title: string;
  /** What follows from it. */
  readonly description?: string;
  readonly action: string;
  readonly isDanger?: true;
  /** Who reads the reason; by default the other side. */
  readonly hint?: string;
  readonly isPending: boolean;
  readonly onReason: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks why, and nothing else: return, refuse, cancel, recall. */
export function ReasonDialog({ hint, onReason, ...dialog }: Props) {
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      {...dialog}
      isReady={isReason(reason)}
      onSend={() => {
        onReason(reason.trim());
      }}
    >
      <ReasonField reason={reason} {...(hint !== undefined && { hint })} autoFocus onChange={setReason} />
    </FormDialog>
  );
}
