import { Button, Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';

import { send } from '../../api/client';
import type { DocumentDetail } from '../../api/types';
import { useAct } from '../../parts/act';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { ReasonDialog } from '../../parts/reason-dialog';
import { SigningConsent } from '../../parts/signing-consent';
import { useBodies } from '../../parts/use-bodies';
import { useSession } from '../../shell/session';
import { CopyDialog } from '../copies/copy-dialog';
import type { DocumentAct } from './actions-of';
import { actionsOf } from './actions-of';
import { ChangeSigner } from './change-signer';
import { FormatCheck } from './format-check';
import { InItsPlace } from './in-its-place';
import { InitialDialog } from './initial-dialog';

/** What stands beside the main button; everything else is behind "more". */
const beside: ReadonlySet<DocumentAct> = new Set<DocumentAct>(['edit', 'return', 'copy']);

/** Never offered as the next step. */
const afterwards: ReadonlySet<DocumentAct> = new Set<DocumentAct>([
  'place',
  'copy',
  'recall',
  'replace',
  'correct',
  'cancel',
  'changeSigner',
]);

interface Props {
  readonly document: DocumentDetail;
}

/** What this person may do with the document now: the next step of the procedure as the main button. */
export function DocumentActions({ document }: Props) {
  const { t } = useTranslation();
  const session = useSession();
  const body = useBodies()?.find(({ id }) => id === document.bodyId);
  const [asked, setAsked] = useState<DocumentAct>();
  const [, go] = useLocation();
  const [isMoreOpen, setMoreOpen] = useState(false);
  const acts = actionsOf({ document, session, body });
  const main = acts.find((act) => !afterwards.has(act));
  const second = acts.find((act) => act !== main && beside.has(act));
  const more = acts.filter((act) => act !== main && act !== second);
  const hasEvidence = document.issuedAt !== null && session.policies.includes('evidence.read');
  if (acts.length === 0 && !hasEvidence) return null;
  return (
    <>
      <div className="sealpost-actions">
        {main !== undefined && <ActItem act={main} variant="primary" document={document} onAsk={setAsked} />}
        {second !== undefined && (
          <ActItem act={second} variant="secondary" document={document} onAsk={setAsked} />
        )}
        {hasEvidence && (
          <Button
            component="a"
            variant="secondary"
            href={`/api/v1/documents/${document.id}/evidence`}
            download={`${(document.symbol ?? document.id).replaceAll('/', '-')}.evidence.json`}
          >
            {t('document.act.evidence')}
          </Button>
        )}
        {more.length > 0 && (
          <Dropdown
            isOpen={isMoreOpen}
            onOpenChange={setMoreOpen}
            onSelect={() => {
              setMoreOpen(false);
            }}
            toggle={(ref) => (
              <MenuToggle
                ref={ref}
                variant="secondary"
                isExpanded={isMoreOpen}
                onClick={() => {
                  setMoreOpen(!isMoreOpen);
                }}
              >
                {t('document.act.more')}
              </MenuToggle>
            )}
          >
            <DropdownList>
              {more.map((act) => (
                <DropdownItem
                  key={act}
                  isDanger={act === 'cancel' || act === 'recall'}
                  onClick={() => {
                    if (act === 'place') go(`/outgoing/${document.id}/place`);
                    else setAsked(act);
                  }}
                >
                  {t(`document.act.${act}`)}
                </DropdownItem>
              ))}
            </DropdownList>
          </Dropdown>
        )}
      </div>
      {asked && (
        <Asked
          act={asked}
          document={document}
          onClose={() => {
            setAsked(undefined);
            requestAnimationFrame(focusPage);
          }}
        />
      )}
    </>
  );
}

interface ActItemProps extends Props {
  readonly act: DocumentAct;
  readonly variant: 'primary' | 'secondary';
  readonly onAsk: (act: DocumentAct) => void;
}

function ActItem({ act, variant, document, onAsk }: ActItemProps) {
  const { t } = useTranslation();
  const name = t(`document.act.${act}`);
  return act === 'edit' ? (
    <Link className={`pf-v6-c-button pf-m-${variant}`} href={`/outgoing/${document.id}/edit`}>
      {name}
    </Link>
  ) : (
    <Button
      variant={variant}
      onClick={() => {
        onAsk(act);
      }}
    >
      {name}
    </Button>
  );
}

interface AskedProps extends Props {
  readonly act: DocumentAct;
  readonly onClose: () => void;
}

/** The button that opened a dialog is often gone once its act is done: reading then goes on at the top of the page. */
function focusPage(): void {
  if (window.document.activeElement === window.document.body)
    window.document.getElementById('content')?.focus();
}

/** The dialog of an act: nothing here happens by one click. */
function Asked({ act, document, onClose }: AskedProps) {
  const { t } = useTranslation();
  const path = `/documents/${document.id}`;
  const done =
    act === 'edit' || act === 'place' || act === 'copy' || act === 'sign' || act === 'agencySign'
      ? undefined
      : act;
  const doing = useAct((given: object) => send('POST', `${path}/${act}`, given, document), {
    ...(done && { done: t(`document.done.${done}`) }),
    then: onClose,
  });
  switch (act) {
    case 'edit':
    case 'place':
      return null;
    case 'copy':
      return <CopyDialog path={path} onClose={onClose} />;
    case 'replace':
    case 'correct':
      return <InItsPlace act={act} document={document} onClose={onClose} />;
    case 'sign':
    case 'agencySign':
      return (
        <SigningConsent
          purpose={act === 'sign' ? 'personal' : 'agency'}
          documentIds={[document.id]}
          onClose={onClose}
        />
      );
    case 'changeSigner':
      return <ChangeSigner document={document} onClose={onClose} />;
    case 'initial':
      return (
        <InitialDialog
          isPending={doing.isPending}
          onClose={onClose}
          onInitial={(comment) => {
            doing.act(comment === '' ? {} : { comment });
          }}
        />
      );
    case 'return':
    case 'recall':
    case 'cancel':
      return (
        <ReasonDialog
          title={t(act === 'cancel' && document.symbol ? 'document.ask.cancelNumber' : `document.ask.${act}`)}
          action={t(`document.act.${act}`)}
          {...(act !== 'return' && { isDanger: true as const })}
          isPending={doing.isPending}
          onClose={onClose}
          onReason={(reason) => {
            doing.act({ reason });
          }}
        />
      );
    case 'approve':
    case 'submit':
    case 'number':
    case 'issue':
      return (
        <ConfirmDialog
          title={t(`document.ask.${act}`)}
          action={t(`document.act.${act}`)}
          isPending={doing.isPending}
          onClose={onClose}
          onConfirm={() => {
            doing.act({});
          }}
        >
          {t(`document.ask.${act}Text`)}
          {act !== 'issue' && document.copyOf === null && <FormatCheck documentId={document.id} />}
        </ConfirmDialog>
      );
  }
}
