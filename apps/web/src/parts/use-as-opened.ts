import { useState } from 'react';

/**
 * A value as it was when the form was opened. What lies behind a form is read again while somebody writes; its version
 * must stay the one that was seen, so that a colleague's change is refused and not overwritten.
 */
export function useAsOpened<T>(value: T): T {
  const [opened] = useState(value);
  return opened;
}
