import { Checkbox } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { AdministeredBody, Body, IssuableType, Page } from '../../api/types';
import { ChecksField, ChoiceField, TextField } from '../../parts/fields';
import { FormDialog } from '../../parts/form-dialog';
import { symbolPattern } from './patterns';
import { useEntry } from './use-entry';

interface Props {
  readonly agencyId: string;
  /** The one that is changed; a new one without it. */
  readonly body?: AdministeredBody;
  readonly onClose: () => void;
}

const leaderships: readonly Body['leadership'][] = ['collective', 'headed'];

/** Enters an issuing body, or changes one. */
export function BodyDialog({ agencyId, body, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [name, setName] = useState(body?.name ?? '');
  const [symbol, setSymbol] = useState(body?.symbol ?? '');
  const [leadership, setLeadership] = useState<Body['leadership']>(body?.leadership ?? 'headed');
  const [hasSeal, setSeal] = useState(body?.hasSeal ?? true);
  const [mayIssue, setMayIssue] = useState<readonly string[]>(body?.mayIssue ?? []);
  const types = useQuery({
    queryKey: ['issuable-types', agencyId],
    queryFn: ({ signal }) => get<Page<IssuableType>>(`/admin/bodies/types?agencyId=${agencyId}`, signal),
    staleTime: 300_000,
  });
  const fields = { name: name.trim(), symbol: symbol.trim(), leadership, hasSeal, mayIssue };
  const { dialog, from } = useEntry({
    kind: 'bodies',
    agencyId,
    entered: body,
    fields,
    isWhole: fields.name !== '' && fields.symbol !== '',
    onClose,
  });
  return (
    <FormDialog {...dialog}>
      <TextField
        label={t('administration.bodies.name')}
        isRequired
        autoFocus
        maxLength={200}
        value={name}
        onChange={setName}
      />
      <TextField
        label={t('administration.bodies.symbol')}
        hint={t('administration.agencies.symbolHint')}
        pattern={symbolPattern}
        isRequired
        maxLength={20}
        value={symbol}
        onChange={setSymbol}
      />
      <ChoiceField
        label={t('administration.bodies.leadership')}
        value={leadership}
        choices={leaderships.map((value) => ({ value, label: t(`administration.bodies.${value}`) }))}
        onChange={setLeadership}
      />
      <Checkbox
        id={`${id}-seal`}
        label={t('administration.bodies.hasSeal')}
        isChecked={hasSeal}
        onChange={(_event, isChecked) => {
          setSeal(isChecked);
        }}
      />
      {from}
      <ChecksField
        label={t('administration.bodies.mayIssue')}
        values={mayIssue}
        choices={(types.data?.items ?? []).map((type) => ({
          value: type.code,
          label: i18n.language === 'en' ? type.en : type.name,
        }))}
        onChange={setMayIssue}
      />
    </FormDialog>
  );
}
