import { Button, FormGroup, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { LastRecipients, Page, RecipientGroup } from '../../api/types';
import { useAct } from '../../parts/act';
import { useToast } from '../../parts/toasts';
import type { ChosenRecipient, DraftFields, RecipientFields } from './draft-fields';

/** A form in which recipients are chosen. */
export interface ChoosingRecipients {
  /** Body and type, of which there may have been one before; left out where there is none to follow. */
  readonly fields: RecipientFields & Partial<Pick<DraftFields, 'bodyId' | 'typeCode'>>;
  readonly change: (patch: Partial<RecipientFields>) => void;
  readonly missing: readonly string[];
}

/** Many recipients at once: a group of the agency, or those of the last document of this kind. */
export function RecipientShortcuts({
  draft: { fields, change },
}: {
  readonly draft: Pick<ChoosingRecipients, 'fields' | 'change'>;
}) {
  const { t } = useTranslation();
  const id = useId();
  const tell = useToast();
  const [chosen, setChosen] = useState('');
  const groups = useQuery({
    queryKey: ['recipient-groups'],
    queryFn: ({ signal }) => get<Page<RecipientGroup>>('/recipient-groups', signal),
  }).data?.items;
  const add = ({
    recipients,
    paperRecipients,
  }: Pick<LastRecipients, 'recipients' | 'paperRecipients'>): void => {
    const known = new Set(fields.recipients.map(({ agencyId }) => agencyId));
    const more = recipients.flatMap(
      ({ agencyId, name, channel = 'electronic', copies = 1 }): ChosenRecipient[] =>
        known.has(agencyId) ? [] : [{ agencyId, name, channel, copies }],
    );
    const names = new Set(fields.paperRecipients.map(({ name }) => name));
    change({
      recipients: [...fields.recipients, ...more],
      paperRecipients: [...fields.paperRecipients, ...paperRecipients.filter(({ name }) => !names.has(name))],
    });
  };
  const last = useAct(
    () =>
      get<LastRecipients>(
        `/documents/last-recipients?bodyId=${fields.bodyId ?? ''}&typeCode=${fields.typeCode ?? ''}`,
      ),
    {
      then: (found) => {
        if (found.documentId === null) tell(t('draft.recipients.lastNone'));
        else {
          add(found);
          tell(t('draft.recipients.lastDone', { symbol: found.symbol ?? '' }));
        }
      },
    },
  );
  const group = groups?.find((each) => each.id === chosen);
  return (
    <div className="sealpost-rows__line">
      {groups && groups.length > 0 && (
        <FormGroup
          label={t('draft.recipients.group')}
          fieldId={`${id}-group`}
          className="sealpost-rows__name"
        >
          <div className="sealpost-rows__line">
            <FormSelect
              id={`${id}-group`}
              className="sealpost-rows__choice"
              value={chosen}
              onChange={(_event, value) => {
                setChosen(value);
              }}
            >
              <FormSelectOption value="" label={t('draft.choose')} isPlaceholder />
              {groups.map((each) => (
                <FormSelectOption key={each.id} value={each.id} label={each.name} />
              ))}
            </FormSelect>
            <Button
              variant="secondary"
              isDisabled={!group}
              onClick={() => {
                if (group) add(group);
              }}
            >
              {t('draft.recipients.addGroup')}
            </Button>
          </div>
        </FormGroup>
      )}
      {fields.bodyId !== undefined && (
        <Button
          variant="secondary"
          isDisabled={fields.bodyId === '' || fields.typeCode === '' || last.isPending}
          onClick={() => {
            last.act(undefined);
          }}
        >
          {t('draft.recipients.last')}
        </Button>
      )}
    </div>
  );
}
