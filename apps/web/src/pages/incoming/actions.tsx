import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { IncomingDocument } from '../../api/types';
import { ActButton } from '../../parts/act';
import { useSession } from '../../shell/session';
import type { IncomingAct } from './actions-of';
import { actionsOf } from './actions-of';
import type { DialogAct } from './asked-act';
import { AskedAct } from './asked-act';

interface Props {
  readonly document: IncomingDocument;
}

/** What this person may do with the document now: the next step of the procedure as the main button. */
export function IncomingActions({ document }: Props) {
  const { t } = useTranslation();
  const session = useSession();
  const [asked, setAsked] = useState<DialogAct>();
  const acts = actionsOf({ document, session });
  if (acts.length === 0 && asked === undefined) return null;
  return (
    <>
      <div className="sealpost-actions sealpost-desk__buttons">
        {acts.map((act, index) =>
          act === 'start' ? (
            <ActButton
              key={act}
              act={() => send('POST', `/incoming/${document.id}/start`, {}, document.handling ?? {})}
              done={t('incoming.done.start')}
            >
              {t('incoming.act.start')}
            </ActButton>
          ) : (
            <Button
              key={act}
              variant={index === 0 ? 'primary' : 'secondary'}
              onClick={() => {
                setAsked(act);
              }}
            >
              {t(`incoming.act.${nameOf(act, document)}`)}
            </Button>
          ),
        )}
      </div>
      {asked && (
        <AskedAct
          act={asked}
          name={t(`incoming.act.${nameOf(asked, document)}`)}
          document={document}
          onClose={() => {
            setAsked(undefined);
            requestAnimationFrame(focusDocument);
          }}
        />
      )}
    </>
  );
}

function nameOf(
  act: IncomingAct,
  { handling }: IncomingDocument,
): IncomingAct | 'submitAgain' | 'instructAgain' {
  if (act === 'submit' && handling?.state === 'SUBMITTED') return 'submitAgain';
  return act === 'instruct' && handling?.state !== 'SUBMITTED' ? 'instructAgain' : act;
}

/** The button that opened a dialog is often gone once its act is done: reading then goes on at the document's head. */
function focusDocument(): void {
  if (window.document.activeElement === window.document.body)
    window.document.getElementById('incoming-title')?.focus();
}
