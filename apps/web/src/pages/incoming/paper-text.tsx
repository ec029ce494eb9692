import { FormGroup, FormSelect, FormSelectOption, TextArea, TextInput } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import { get } from '../../api/client';
import type { Page, PaperType } from '../../api/types';
import { today } from '../../formats/moments';
import { oneLine } from '../../formats/one-line';
import { SecrecyField, UrgencyAtField, UrgencyField } from '../../parts/mark-fields';
import { DayField } from '../../parts/when-fields';
import type { PaperPartProps } from './paper-sender';

/** What the paper is: marks first, because they decide what else may be written down. */
export function PaperText({ fields, faults, onChange }: PaperPartProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const types = useQuery({
    queryKey: ['paper-types'],
    queryFn: ({ signal }) => get<Page<PaperType>>('/incoming/paper/types', signal),
    staleTime: Infinity,
  });
  const isPlain = fields.secrecy === 'THUONG';
  const isTopSecret = fields.secrecy === 'TUYET_MAT';
  const fault = (name: (typeof faults)[number]): 'error' | 'default' =>
    faults.includes(name) ? 'error' : 'default';
  return (
    <>
      <div className="sealpost-paper__pair">
        <SecrecyField
          value={fields.secrecy}
          onChange={(secrecy) => {
            // Nothing of a top secret is kept on the page either.
            onChange(secrecy === 'TUYET_MAT' ? { secrecy, abstract: '', envelopeRemarks: '' } : { secrecy });
          }}
        />
        <UrgencyField
          value={fields.urgency}
          onChange={(urgency) => {
            onChange({ urgency });
          }}
        />
      </div>
      {fields.urgency === 4 && (
        <UrgencyAtField
          label={t('incoming.paper.urgencyAt')}
          value={fields.urgencyAt}
          isMissing={faults.includes('urgencyAt')}
          onChange={(urgencyAt) => {
            onChange({ urgencyAt });
          }}
        />
      )}
      {!isPlain && <p role="status">{t('incoming.paper.envelopeOnly')}</p>}
      <FormGroup label={t('incoming.paper.type')} fieldId={`${id}-type`} isRequired={isPlain}>
        <FormSelect
          id={`${id}-type`}
          value={fields.typeCode}
          validated={fault('typeCode')}
          onChange={(_event, typeCode) => {
            onChange({ typeCode });
          }}
        >
          <FormSelectOption
            value=""
            label={t(isPlain ? 'incoming.paper.choose' : 'incoming.paper.unknown')}
          />
          {(types.data?.items ?? []).map(({ code, name, en }) => (
            <FormSelectOption
              key={code}
              value={code}
              label={i18n.language === 'en' ? `${name} (${en})` : name}
            />
          ))}
        </FormSelect>
      </FormGroup>
      <div className="sealpost-paper__pair">
        <FormGroup label={t('incoming.paper.symbol')} fieldId={`${id}-symbol`}>
          <TextInput
            id={`${id}-symbol`}
            value={fields.symbol}
            maxLength={60}
            placeholder={t('incoming.paper.symbolHint')}
            onChange={(_event, symbol) => {
              onChange({ symbol });
            }}
          />
        </FormGroup>
        <DayField
          label={t('incoming.paper.issuedOn')}
          value={fields.issuedOn}
          max={today()}
          isRequired={isPlain}
          isFaulty={fault('issuedOn') === 'error'}
          onChange={(issuedOn) => {
            onChange({ issuedOn });
          }}
        />
      </div>
      {isTopSecret ? (
        <p role="status">{t('incoming.paper.abstractNone')}</p>
      ) : (
        <FormGroup label={t('incoming.paper.abstract')} fieldId={`${id}-abstract`} isRequired={isPlain}>
          <TextArea
            id={`${id}-abstract`}
            value={fields.abstract}
            rows={3}
            maxLength={500}
            validated={fault('abstract')}
            resizeOrientation="vertical"
            onChange={(_event, abstract) => {
              onChange({ abstract: oneLine(abstract) });
            }}
          />
        </FormGroup>
      )}
    </>
  );
}
