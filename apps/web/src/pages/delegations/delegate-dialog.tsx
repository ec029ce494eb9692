import { Button, FormGroup } from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { Ceiling, Colleague } from '../../api/types';
import { today } from '../../formats/moments';
import { useAct } from '../../parts/act';
import { ChecksField, ChoiceField } from '../../parts/fields';
import { Finder } from '../../parts/finder';
import { FormDialog } from '../../parts/form-dialog';
import { isReason, ReasonField } from '../../parts/reason-field';
import { query } from '../../parts/use-address';
import { useBodies } from '../../parts/use-bodies';
import { DayField } from '../../parts/when-fields';
import { useSession } from '../../shell/session';

const ceilings: readonly Ceiling[] = ['THUONG', 'MAT', 'TOI_MAT'];

/** A leader lets a colleague approve in the own stead, for a time and up to a secrecy. */
export function DelegateDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const { person } = useSession();
  const [to, setTo] = useState<Colleague>();
  const [firstDay, setFirstDay] = useState(today());
  const [lastDay, setLastDay] = useState('');
  const [ceiling, setCeiling] = useState<Ceiling>('THUONG');
  const [types, setTypes] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const known = new Map(
    (useBodies() ?? [])
      .flatMap((body) => body.types)
      .map(({ code, name, en }) => [code, i18n.language === 'en' ? en : name]),
  );
  const giving = useAct(
    () =>
      send('POST', '/delegations', {
        ...{ toPersonId: to?.id, from: firstDay, to: lastDay, ceiling, reason: reason.trim() },
        ...(types.length > 0 && { types }),
      }),
    { done: t('delegations.given'), then: onClose },
  );
  return (
    <FormDialog
      title={t('delegations.addTitle')}
      action={t('delegations.add')}
      variant="medium"
      isReady={to !== undefined && firstDay !== '' && lastDay !== '' && isReason(reason)}
      isPending={giving.isPending}
      onSend={() => {
        giving.act(undefined);
      }}
      onClose={onClose}
    >
      {to ? (
        <FormGroup label={t('delegations.to')} role="group" fieldId={`${id}-to`}>
          {to.fullName}{' '}
          <Button
            variant="link"
            isInline
            onClick={() => {
              setTo(undefined);
            }}
          >
            {t('delegations.another')}
          </Button>
        </FormGroup>
      ) : (
        <Finder<Colleague>
          label={t('delegations.find')}
          hint={t('delegations.findHint')}
          pathOf={(typed) => `/people${query({ query: typed })}`}
          nameOf={({ fullName }) => fullName}
          detailOf={({ posts }) => posts.map(({ title }) => title).join(', ')}
          chosen={new Set([person.id])}
          onPick={setTo}
        />
      )}
      <DayField label={t('delegations.firstDay')} isRequired value={firstDay} onChange={setFirstDay} />
      <DayField
        label={t('delegations.lastDay')}
        hint={t('delegations.lastDayHint')}
        isRequired
        value={lastDay}
        onChange={setLastDay}
      />
      <ChoiceField
        label={t('delegations.ceiling')}
        hint={t('delegations.ceilingHint')}
        value={ceiling}
        choices={ceilings.map((value) => ({ value, label: t(`marks.secrecy.${value}`) }))}
        onChange={setCeiling}
      />
      <ReasonField reason={reason} hint={t('delegations.reasonHint')} onChange={setReason} />
      <ChecksField
        label={t('delegations.types')}
        values={types}
        choices={[...known].map(([value, label]) => ({ value, label }))}
        onChange={setTypes}
      />
    </FormDialog>
  );
}
