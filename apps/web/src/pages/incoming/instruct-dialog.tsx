import { Button, FormGroup, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { Colleague, IncomingDocument } from '../../api/types';
import { today } from '../../formats/moments';
import { useAct } from '../../parts/act';
import { Finder } from '../../parts/finder';
import { FormDialog } from '../../parts/form-dialog';
import { DayField } from '../../parts/when-fields';
import type { Assigned } from './assigned';
import { assignedIn, partNames, withPart } from './assigned';
import { SaidField } from './said-field';

interface Props {
  readonly name: string;
  readonly document: IncomingDocument;
  readonly onClose: () => void;
}

/** Bút phê: what is to be done, by whom, until when. One that replaces another begins with what that one says. */
export function InstructDialog({ name, document, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const inForce = document.process?.instructions.find(({ endedAt }) => endedAt === null);
  const [text, setText] = useState(inForce?.text ?? '');
  const [due, setDue] = useState(inForce?.due ?? '');
  const [people, setPeople] = useState<readonly Assigned[]>(() => assignedIn(inForce));
  const isTopSecret = document.secrecy === 'TUYET_MAT';
  const lead = people.find(({ part }) => part === 'lead');
  const refs = (part: Assigned['part']): readonly object[] =>
    people.filter((each) => each.part === part).map(({ personId }) => ({ personId }));
  const doing = useAct(
    () =>
      send(
        'POST',
        `/incoming/${document.id}/instruct`,
        {
          ...(!isTopSecret && { text: text.trim() }),
          lead: { personId: lead?.personId },
          support: refs('support'),
          inform: refs('inform'),
          ...(due !== '' && { due }),
          ...(inForce && { replaces: inForce.id }),
        },
        { version: document.handling?.version },
      ),
    { done: t('incoming.done.instruct'), then: onClose },
  );
  return (
    <FormDialog
      title={t('incoming.instruct.title')}
      action={name}
      variant="medium"
      isReady={lead !== undefined && (isTopSecret || text.trim() !== '')}
      isPending={doing.isPending}
      onClose={onClose}
      onSend={() => {
        doing.act(undefined);
      }}
    >
      <SaidField
        secrecy={document.secrecy}
        label={t('incoming.instruct.text')}
        value={text}
        isRequired
        onChange={setText}
      />
      <Finder<Colleague>
        label={t('incoming.instruct.find')}
        hint={t('incoming.instruct.findHint')}
        pathOf={(typed) => `/people?query=${encodeURIComponent(typed)}`}
        nameOf={({ fullName }) => fullName}
        detailOf={({ posts }) => posts.map(({ title }) => title).join(', ')}
        chosen={new Set(people.map(({ personId }) => personId))}
        onPick={({ id: personId, fullName }) => {
          setPeople([...people, { personId, fullName, part: lead ? 'support' : 'lead' }]);
        }}
      />
      <FormGroup label={t('incoming.instruct.people')} role="group" fieldId={`${id}-people`} isRequired>
        {people.length === 0 ? (
          <p className="sealpost-quiet">{t('incoming.instruct.none')}</p>
        ) : (
          <ul className="sealpost-rows">
            {people.map(({ personId, fullName, part }) => (
              <li key={personId} className="sealpost-rows__line">
                <span className="sealpost-rows__name">{fullName}</span>
                <FormSelect
                  className="sealpost-rows__choice"
                  aria-label={t('incoming.instruct.part', { name: fullName })}
                  value={part}
                  onChange={(_event, value) => {
                    setPeople(withPart(people, personId, value));
                  }}
                >
                  {partNames.map((each) => (
                    <FormSelectOption key={each} value={each} label={t(`incoming.instruct.parts.${each}`)} />
                  ))}
                </FormSelect>
                <Button
                  variant="link"
                  aria-label={t('incoming.instruct.remove', { name: fullName })}
                  onClick={() => {
                    setPeople(people.filter((each) => each.personId !== personId));
                  }}
                >
                  {t('common.remove')}
                </Button>
              </li>
            ))}
          </ul>
        )}
        {people.length > 0 && !lead && <p role="status">{t('incoming.instruct.leadMissing')}</p>}
      </FormGroup>
      <DayField
        label={t('incoming.instruct.due')}
        hint={t('incoming.instruct.dueHint')}
        value={due}
        min={today()}
        onChange={setDue}
      />
    </FormDialog>
  );
}
