import { FormGroup, Radio, SearchInput } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { get, send } from '../../api/client';
import type { Colleague, IncomingDocument, Page } from '../../api/types';
import { useAct } from '../../parts/act';
import { FormDialog } from '../../parts/form-dialog';
import { ProblemAlert } from '../../parts/problem-alert';
import { SaidField } from './said-field';

interface Props {
  readonly name: string;
  readonly document: IncomingDocument;
  readonly onClose: () => void;
}

/** Lays the document before a leader of the agency: all of them at once, fewer as one types, without accents. */
export function SubmitDialog({ name, document, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [leaderPersonId, setLeader] = useState<string>();
  const [note, setNote] = useState('');
  const path = `/people?role=leader${typed.trim() === '' ? '' : `&query=${encodeURIComponent(typed.trim())}`}`;
  const found = useQuery({
    queryKey: ['find', path],
    queryFn: ({ signal }) => get<Page<Colleague>>(path, signal),
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
  const leaders = found.data?.items ?? [];
  const doing = useAct(
    () =>
      send(
        'POST',
        `/incoming/${document.id}/submit`,
        { leaderPersonId, ...(note.trim() !== '' && { note: note.trim() }) },
        { version: document.handling?.version },
      ),
    { done: t('incoming.done.submit'), then: onClose },
  );
  return (
    <FormDialog
      title={t('incoming.ask.submitTitle')}
      action={name}
      isReady={leaderPersonId !== undefined}
      isPending={doing.isPending}
      onClose={onClose}
      onSend={() => {
        doing.act(undefined);
      }}
    >
      <FormGroup label={t('incoming.ask.leaderFind')} fieldId={`${id}-find`}>
        <SearchInput
          searchInputId={`${id}-find`}
          value={typed}
          placeholder={t('incoming.instruct.findHint')}
          aria-label={t('incoming.ask.leaderFind')}
          resetButtonLabel={t('common.remove')}
          onChange={(_event, value) => {
            setTyped(value.slice(0, 100));
          }}
          onClear={() => {
            setTyped('');
          }}
        />
      </FormGroup>
      {found.isError && <ProblemAlert error={found.error} />}
      <FormGroup
        role="radiogroup"
        label={t('incoming.ask.leader')}
        isRequired
        isStack
        fieldId={`${id}-leader`}
      >
        {leaders.map((leader) => (
          <Radio
            key={leader.id}
            id={`${id}-${leader.id}`}
            name={`${id}-leader`}
            label={leader.fullName}
            description={leader.posts.map(({ title }) => title).join(', ')}
            isChecked={leader.id === leaderPersonId}
            onChange={() => {
              setLeader(leader.id);
            }}
          />
        ))}
        {found.data && leaders.length === 0 && <p role="status">{t('draft.find.none')}</p>}
      </FormGroup>
      <SaidField
        secrecy={document.secrecy}
        label={t('incoming.ask.note')}
        placeholder={t('incoming.ask.noteHint')}
        value={note}
        onChange={setNote}
      />
    </FormDialog>
  );
}
