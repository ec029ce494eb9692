import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { AdministeredAgency, AgencyLevel } from '../../api/types';
import { today } from '../../formats/moments';
import { useAct } from '../../parts/act';
import { ChoiceField, TextField } from '../../parts/fields';
import { FormDialog } from '../../parts/form-dialog';
import { DayField } from '../../parts/when-fields';
import { useAsOpened } from '../../parts/use-as-opened';
import { codePattern, contactPattern, symbolPattern } from './patterns';

interface Names {
  readonly name: string;
  readonly shortName: string;
  readonly symbol: string;
  readonly place: string;
  readonly contact080: string;
}

const levels: readonly AgencyLevel[] = ['central', 'province', 'commune'];

const areWhole = ({ name, shortName, symbol, place }: Names): boolean =>
  [name, shortName, symbol, place].every((text) => text.trim() !== '');

/** As they are sent; what is empty and may be is left out. */
function named({ name, shortName, symbol, place, contact080 }: Names): object {
  return {
    ...{ name: name.trim(), shortName: shortName.trim(), symbol: symbol.trim(), place: place.trim() },
    ...(contact080.trim() !== '' && { contact080: contact080.trim() }),
  };
}

/** Founds an agency below another. */
export function NewAgency({
  parent,
  onClose,
}: {
  readonly parent: AdministeredAgency;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [names, setNames] = useState<Names>({
    ...{ name: '', shortName: '', symbol: '', place: parent.place, contact080: '' },
  });
  const [code, setCode] = useState('');
  const [level, setLevel] = useState<AgencyLevel>(parent.level);
  const [validFrom, setValidFrom] = useState(today());
  const founding = useAct(
    () =>
      send('POST', '/admin/agencies', {
        ...{ parentId: parent.id, code: code.trim(), level, validFrom, ...named(names) },
      }),
    { done: t('administration.done.saved'), then: onClose },
  );
  return (
    <FormDialog
      title={t('administration.agencies.belowOf', { name: parent.shortName })}
      action={t('administration.act.add')}
      variant="medium"
      isReady={areWhole(names) && code.trim() !== '' && validFrom !== ''}
      isPending={founding.isPending}
      onSend={() => {
        founding.act(undefined);
      }}
      onClose={onClose}
    >
      <NameFields names={names} onChange={setNames} />
      <TextField
        label={t('administration.agencies.code')}
        hint={t('administration.agencies.codeHint')}
        pattern={codePattern}
        isRequired
        maxLength={64}
        value={code}
        onChange={setCode}
      />
      <ChoiceField
        label={t('administration.agencies.level')}
        value={level}
        choices={levels.map((value) => ({ value, label: t(`administration.level.${value}`) }))}
        onChange={setLevel}
      />
      <DayField label={t('administration.field.from')} isRequired value={validFrom} onChange={setValidFrom} />
    </FormDialog>
  );
}

/** Changes what an agency is called; what identifies it stays. */
export function ChangeAgency({
  agency,
  onClose,
}: {
  readonly agency: AdministeredAgency;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { version } = useAsOpened(agency);
  const [names, setNames] = useState<Names>({ ...agency, contact080: agency.contact080 ?? '' });
  const changing = useAct(() => send('PATCH', `/admin/agencies/${agency.id}`, named(names), { version }), {
    done: t('administration.done.saved'),
    then: onClose,
  });
  return (
    <FormDialog
      title={t('administration.agencies.changeTitle')}
      description={t('administration.agencies.changeNote')}
      action={t('common.save')}
      variant="medium"
      isReady={areWhole(names)}
      isPending={changing.isPending}
      onSend={() => {
        changing.act(undefined);
      }}
      onClose={onClose}
    >
      <NameFields names={names} onChange={setNames} />
    </FormDialog>
  );
}

function NameFields({
  names,
  onChange,
}: {
  readonly names: Names;
  readonly onChange: (names: Names) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        label={t('administration.agencies.name')}
        isRequired
        autoFocus
        maxLength={200}
        value={names.name}
        onChange={(name) => {
          onChange({ ...names, name });
        }}
      />
      <TextField
        label={t('administration.agencies.shortName')}
        isRequired
        maxLength={100}
        value={names.shortName}
        onChange={(shortName) => {
          onChange({ ...names, shortName });
        }}
      />
      <TextField
        label={t('administration.agencies.symbol')}
        hint={t('administration.agencies.symbolHint')}
        pattern={symbolPattern}
        isRequired
        maxLength={20}
        value={names.symbol}
        onChange={(symbol) => {
          onChange({ ...names, symbol });
        }}
      />
      <TextField
        label={t('administration.agencies.place')}
        hint={t('administration.agencies.placeHint')}
        isRequired
        maxLength={100}
        value={names.place}
        onChange={(place) => {
          onChange({ ...names, place });
        }}
      />
      <TextField
        label={t('administration.agencies.contact080')}
        hint={t('administration.agencies.contact080Hint')}
        pattern={contactPattern}
        maxLength={20}
        value={names.contact080}
        onChange={(contact080) => {
          onChange({ ...names, contact080 });
        }}
      />
    </>
  );
}
