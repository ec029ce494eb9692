import type { ComponentProps } from 'react';

import { send } from '../api/client';
import { useAct } from './act';
import { ReasonDialog } from './reason-dialog';

interface Props extends Omit<ComponentProps<typeof ReasonDialog>, 'isPending' | 'onReason'> {
  /** Below /api/v1; the reason is posted there. */
  readonly path: string;
  /** Told when it worked. */
  readonly done: string;
}

/** Asks why, then does it on the server. */
export function ReasonedAct({ path, done, ...dialog }: Props) {
  const doing = useAct((reason: string) => send('POST', path, { reason }), { done, then: dialog.onClose });
  return <ReasonDialog {...dialog} isPending={doing.isPending} onReason={doing.act} />;
}
