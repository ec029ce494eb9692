import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import { send } from '../../api/client';
import type { MandateView } from '../../api/types';
import { useAct } from '../../parts/act';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { FormDialog } from '../../parts/form-dialog';
import { isReason, ReasonField } from '../../parts/reason-field';
import { query } from '../../parts/use-address';
import { useSession } from '../../shell/session';

/** What this person can do with a mandate: confirm what another entered, close it, search under it. */
export function MandateActs({ mandate }: { readonly mandate: MandateView }) {
  const { t } = useTranslation();
  const { policies, person } = useSession();
  const [asked, setAsked] = useState<'confirm' | 'close'>();
  const { id, state, decision, enteredBy, team } = mandate;
  const isLeader = policies.includes('mandate.enter');
  const isSecond = isLeader && enteredBy !== person.id && !team.includes(person.id);
  const stop = (): void => {
    setAsked(undefined);
  };
  return (
    <div className="sealpost-actions">
      {state === 'entered' && isSecond && (
        <Button
          size="sm"
          aria-label={t('inspection.mandates.confirmOf', { decision })}
          onClick={() => {
            setAsked('confirm');
          }}
        >
          {t('inspection.mandates.confirm')}
        </Button>
      )}
      {state === 'entered' && !isSecond && <span>{t('inspection.mandates.waits')}</span>}
      {state === 'open' && team.includes(person.id) && (
        <Link
          href={`/trail${query({ mandate: id })}`}
          aria-label={t('inspection.mandates.searchOf', { decision })}
        >
          {t('inspection.mandates.search')}
        </Link>
      )}
      {isLeader && state !== 'closed' && state !== 'over' && (
        <Button
          size="sm"
          variant="secondary"
          aria-label={t('inspection.mandates.closeOf', { decision })}
          onClick={() => {
            setAsked('close');
          }}
        >
          {t('inspection.mandates.close')}
        </Button>
      )}
      {asked === 'confirm' && <Confirm mandate={mandate} onClose={stop} />}
      {asked === 'close' && <Close mandate={mandate} onClose={stop} />}
    </div>
  );
}

interface DialogProps {
  readonly mandate: MandateView;
  readonly onClose: () => void;
}

function Confirm({ mandate: { id, decision, subject, agencies, members }, onClose }: DialogProps) {
  const { t } = useTranslation();
  const doing = useAct(() => send('POST', `/mandates/${id}/confirm`), {
    done: t('inspection.mandates.confirmed'),
    then: onClose,
  });
  return (
    <ConfirmDialog
      title={t('inspection.mandates.confirmOf', { decision })}
      action={t('inspection.mandates.confirm')}
      isPending={doing.isPending}
      onClose={onClose}
      onConfirm={() => {
        doing.act(undefined);
      }}
    >
      <p>{subject}</p>
      <p>
        {t('inspection.mandates.agencies')}: {agencies.map(({ name }) => name).join(', ')}
      </p>
      <p>
        {t('inspection.mandates.team')}: {members.map(({ fullName }) => fullName).join(', ')}
      </p>
      <p>{t('inspection.mandates.confirmText')}</p>
    </ConfirmDialog>
  );
}

function Close({ mandate: { id, decision }, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const doing = useAct(() => send('POST', `/mandates/${id}/close`, { reason: reason.trim() }), {
    done: t('inspection.mandates.closed'),
    then: onClose,
  });
  return (
    <FormDialog
      title={t('inspection.mandates.closeOf', { decision })}
      action={t('inspection.mandates.close')}
      isDanger
      isReady={isReason(reason)}
      isPending={doing.isPending}
      onClose={onClose}
      onSend={() => {
        doing.act(undefined);
      }}
    >
      <ReasonField
        reason={reason}
        hint={t('inspection.mandates.closeHint')}
        longest={500}
        autoFocus
        onChange={setReason}
      />
    </FormDialog>
  );
}
