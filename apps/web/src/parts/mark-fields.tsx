import { FormGroup, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { Secrecy, Urgency } from '../api/types';
import { MomentField } from './when-fields';

const secrecies: readonly Secrecy[] = ['THUONG', 'MAT', 'TOI_MAT', 'TUYET_MAT'];
const urgencies: readonly Urgency[] = [0, 1, 2, 3, 4];

interface Props<T> {
  readonly value: T;
  readonly onChange: (value: T) => void;
}

export function SecrecyField({ value, onChange }: Props<Secrecy>) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <FormGroup label={t('marks.secrecy.label')} fieldId={id}>
      <FormSelect
        id={id}
        value={value}
        onChange={(_event, chosen) => {
          onChange(secrecies.find((each) => each === chosen) ?? 'THUONG');
        }}
      >
        {secrecies.map((each) => (
          <FormSelectOption key={each} value={each} label={t(`marks.secrecy.${each}`)} />
        ))}
      </FormSelect>
    </FormGroup>
  );
}

export function UrgencyField({ value, onChange }: Props<Urgency>) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <FormGroup label={t('marks.urgency.label')} fieldId={id}>
      <FormSelect
        id={id}
        value={value}
        onChange={(_event, chosen) => {
          onChange(urgencies.find((each) => String(each) === chosen) ?? 0);
        }}
      >
        {urgencies.map((each) => (
          <FormSelectOption key={each} value={each} label={t(`marks.urgency.${each}`)} />
        ))}
      </FormSelect>
    </FormGroup>
  );
}

interface UrgencyAtProps extends Props<string> {
  readonly label: string;
  readonly isMissing: boolean;
}

/** When a timed express document (hỏa tốc hẹn giờ) must have arrived. */
export function UrgencyAtField({ label, value, isMissing, onChange }: UrgencyAtProps) {
  return <MomentField label={label} value={value} isRequired isFaulty={isMissing} onChange={onChange} />;
}
