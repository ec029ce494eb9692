import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { DocumentSummary } from '../../api/types';
import { useAct } from '../../parts/act';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { SigningConsent } from '../../parts/signing-consent';
import { useBodies } from '../../parts/use-bodies';
import { useSession } from '../../shell/session';
import { FormatCheck } from '../document/format-check';

type Next = 'number' | 'agencySign' | 'issue';

/** The clerk's next step of one document: number, agency signature, issue. Nothing where it is not the clerk's turn. */
export function QuickAct({ document }: { readonly document: DocumentSummary }) {
  const { t } = useTranslation();
  const { agency } = useSession();
  const hasSeal = useBodies()?.find(({ id }) => id === document.bodyId)?.hasSeal ?? true;
  const [isAsked, setAsked] = useState(false);
  const next = document.agencyId === agency.id ? nextOf(document, hasSeal) : undefined;
  const close = (): void => {
    setAsked(false);
  };
  const doing = useAct(() => send('POST', `/documents/${document.id}/${next}`, {}, document), {
    ...(next && next !== 'agencySign' && { done: t(`document.done.${next}`) }),
    then: close,
  });
  if (!next) return null;
  return (
    <>
      <Button
        variant="secondary"
        size="sm"
        onClick={() => {
          setAsked(true);
        }}
      >
        {t(`document.act.${next}`)}
      </Button>
      {isAsked &&
        (next === 'agencySign' ? (
          <SigningConsent purpose="agency" documentIds={[document.id]} onClose={close} />
        ) : (
          <ConfirmDialog
            title={t(`document.ask.${next}`)}
            action={t(`document.act.${next}`)}
            isPending={doing.isPending}
            onClose={close}
            onConfirm={() => {
              doing.act(undefined);
            }}
          >
            <p>
              <strong>{document.symbol ?? document.typeName}</strong> {document.abstract}
            </p>
            {t(`document.ask.${next}Text`)}
            {next === 'number' && document.copyOf === null && <FormatCheck documentId={document.id} />}
          </ConfirmDialog>
        ))}
    </>
  );
}

function nextOf({ state }: DocumentSummary, hasSeal: boolean): Next | undefined {
  if (state === 'PERSON_SIGNED' || state === 'COPIED') return 'number';
  if (state === 'NUMBERED') return hasSeal ? 'agencySign' : 'issue';
  return state === 'AGENCY_SIGNED' ? 'issue' : undefined;
}
