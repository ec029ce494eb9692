import { Alert, AlertActionCloseButton, AlertGroup } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ProblemError } from '../api/client';
import { faultTexts, problemText } from './problem-alert';

interface Toast {
  readonly id: string;
  readonly variant: 'success' | 'danger' | 'info';
  readonly title: string;
  readonly text?: string;
}

interface Toasts {
  readonly tell: (toast: Omit<Toast, 'id'>) => void;
}

const ToastContext = createContext<Toasts>({ tell: () => undefined });

/**
 * Short notices at the edge of the page, read out as they come. What worked makes room for the focus; what failed stays
 * until it is closed.
 */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const close = useCallback((id: string) => {
    setToasts((before) => before.filter((toast) => toast.id !== id));
  }, []);
  const tell = useCallback((toast: Omit<Toast, 'id'>) => {
    setToasts((before) => [...before.slice(-4), { ...toast, id: crypto.randomUUID() }]);
  }, []);
  const value = useMemo(() => ({ tell }), [tell]);
  useEffect(() => {
    // WCAG 2.2 SC 2.4.11: what has the focus is not hidden below a notice.
    const makeRoom = ({ target }: FocusEvent): void => {
      if (target instanceof Element && liesBelowToasts(target))
        setToasts((before) => before.filter(({ variant }) => variant === 'danger'));
    };
    document.addEventListener('focusin', makeRoom);
    return () => {
      document.removeEventListener('focusin', makeRoom);
    };
  }, []);
  return (
    <ToastContext value={value}>
      {children}
      <AlertGroup isToast isLiveRegion className="sealpost-toasts">
        {toasts.map(({ id, variant, title, text }) => (
          <Alert
            key={id}
            variant={variant}
            title={title}
            component="p"
            timeout={variant === 'danger' ? false : 8000}
            onTimeout={() => {
              close(id);
            }}
            actionClose={
              <AlertActionCloseButton
                onClose={() => {
                  close(id);
                }}
              />
            }
          >
            {text}
          </Alert>
        ))}
      </AlertGroup>
    </ToastContext>
  );
}

/** Whether its middle is covered: a whole page that has the focus is not. */
function liesBelowToasts(element: Element): boolean {
  const toasts = document.querySelector('.sealpost-toasts');
  if (!toasts || toasts.contains(element)) return false;
  const above = toasts.getBoundingClientRect();
  const below = element.getBoundingClientRect();
  const [x, y] = [(below.left + below.right) / 2, (below.top + below.bottom) / 2];
  return above.left <= x && x <= above.right && above.top <= y && y <= above.bottom;
}

/** Tells that something was done. */
export function useToast(): (title: string) => void {
  const { tell } = useContext(ToastContext);
  return useCallback(
    (title) => {
      tell({ variant: 'success', title });
    },
    [tell],
  );
}

/** Tells a refusal that has no place of its own on the page. */
export function useProblemToast(): (error: unknown) => void {
  const { t, i18n } = useTranslation();
  const { tell } = useContext(ToastContext);
  return useCallback(
    (error) => {
      if (error instanceof DOMException && error.name === 'AbortError') return;
      const text =
        error instanceof ProblemError
          ? [
              problemText(error.problem, i18n.language),
              ...faultTexts(error.problem, i18n.language),
              `(${error.problem.code})`,
            ].join(' ')
          : t('shell.failed.text');
      tell({ variant: 'danger', title: t('shell.problem'), text });
    },
    [tell, t, i18n.language],
  );
}
