import { Alert, AlertActionLink, FormGroup, TextInput } from '@patternfly/react-core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import type { Agency, RecipientGroup } from '../../api/types';
import { useAct } from '../../parts/act';
import { Finder } from '../../parts/finder';
import { FormDialog } from '../../parts/form-dialog';
import { OutsideRecipient } from './outside-recipient';
import { RecipientRow } from './recipient-row';

interface Props {
  /** As the server has it now; undefined for a new one. */
  readonly group: RecipientGroup | undefined;
  readonly onClose: () => void;
}

/** Name and members of a group. Whoever is overtaken by somebody else is told, and may take over what there is now. */
export function GroupDialog({ group, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [from, setFrom] = useState(group);
  const [name, setName] = useState(group?.name ?? '');
  const [recipients, setRecipients] = useState(group?.recipients ?? []);
  const [paperRecipients, setPaperRecipients] = useState(group?.paperRecipients ?? []);
  const saving = useAct(
    () => {
      const body = {
        name: name.trim(),
        recipients: recipients.map(({ agencyId, channel, copies }) => ({ agencyId, channel, copies })),
        paperRecipients,
      };
      return from
        ? send('PUT', `/recipient-groups/${from.id}`, body, { version: from.version })
        : send('POST', '/recipient-groups', body);
    },
    { done: t('groups.saved'), then: onClose },
  );
  const isOvertaken = from !== undefined && group !== undefined && group.version !== from.version;
  const takeOver = (now: RecipientGroup): void => {
    setFrom(now);
    setName(now.name);
    setRecipients(now.recipients);
    setPaperRecipients(now.paperRecipients);
  };
  return (
    <FormDialog
      title={from ? t('groups.changeOf', { name: from.name }) : t('groups.create')}
      action={t('common.save')}
      variant="medium"
      isReady={name.trim() !== '' && recipients.length + paperRecipients.length > 0 && !isOvertaken}
      isPending={saving.isPending}
      onSend={() => {
        saving.act(undefined);
      }}
      onClose={onClose}
    >
      {isOvertaken && !saving.isPending && (
        <Alert
          isInline
          isLiveRegion
          variant="warning"
          component="p"
          title={t('groups.overtaken')}
          actionLinks={
            <AlertActionLink
              onClick={() => {
                takeOver(group);
              }}
            >
              {t('groups.takeOver')}
            </AlertActionLink>
          }
        >
          {t('groups.overtakenText')}
        </Alert>
      )}
      <FormGroup label={t('groups.name')} fieldId={`${id}-name`} isRequired>
        <TextInput
          id={`${id}-name`}
          value={name}
          maxLength={100}
          isRequired
          onChange={(_event, value) => {
            setName(value);
          }}
        />
      </FormGroup>
      {recipients.length + paperRecipients.length > 0 && (
        <ul className="sealpost-rows" aria-label={t('groups.members')}>
          {recipients.map((recipient, index) => (
            <RecipientRow
              key={recipient.agencyId}
              recipient={{
                ...recipient,
                channel: recipient.channel ?? 'electronic',
                copies: recipient.copies ?? 1,
              }}
              channels={['electronic', 'kt1', 'post', 'direct']}
              onChange={(next) => {
                setRecipients(recipients.with(index, next));
              }}
              onRemove={() => {
                setRecipients(recipients.toSpliced(index, 1));
              }}
            />
          ))}
          {paperRecipients.map((recipient, index) => (
            <RecipientRow
              key={`${recipient.name} ${recipient.address ?? ''}`}
              recipient={{ ...recipient, copies: recipient.copies ?? 1 }}
              channels={['kt1', 'post', 'direct']}
              onChange={(next) => {
                setPaperRecipients(paperRecipients.with(index, next));
              }}
              onRemove={() => {
                setPaperRecipients(paperRecipients.toSpliced(index, 1));
              }}
            />
          ))}
        </ul>
      )}
      <Finder<Agency>
        label={t('draft.recipients.find')}
        hint={t('draft.recipients.findHint')}
        pathOf={(typed) => `/agencies?limit=20&q=${encodeURIComponent(typed)}`}
        nameOf={(agency) => agency.name}
        detailOf={({ code }) => code}
        chosen={new Set(recipients.map(({ agencyId }) => agencyId))}
        onPick={({ id: agencyId, name: agencyName }) => {
          setRecipients([...recipients, { agencyId, name: agencyName, channel: 'electronic', copies: 1 }]);
        }}
      />
      <OutsideRecipient
        onAdd={(recipient) => {
          setPaperRecipients([...paperRecipients, recipient]);
        }}
      />
    </FormDialog>
  );
}
