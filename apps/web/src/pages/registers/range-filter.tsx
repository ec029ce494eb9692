import { FormGroup, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { RegisterName } from '../../api/types';
import { today } from '../../formats/moments';
import { useBodies } from '../../parts/use-bodies';
import { DayField } from '../../parts/when-fields';

interface Range {
  readonly year: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
}

interface Props {
  readonly name: RegisterName;
  readonly range: Range;
  readonly onChange: (changed: Readonly<Partial<Record<keyof Range, string>>>) => void;
}

/** Years before the present one that are offered. */
const yearsBack = 10;

/** Which part of a register: a year, days within it, and an issuing body. */
export function RangeFilter({ name, range, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const bodies = useBodies();
  const present = Number(today().slice(0, 4));
  const recent = Array.from({ length: yearsBack + 1 }, (_, index) => String(present - index));
  const years = recent.includes(range.year) ? recent : [...recent, range.year];
  return (
    <div className="sealpost-filter" role="search" aria-label={t('registers.range')}>
      <FormGroup label={t('registers.year')} fieldId={`${id}-year`}>
        <FormSelect
          id={`${id}-year`}
          value={range.year}
          onChange={(_event, year) => {
            // Days of another year would leave nothing.
            onChange({ year, from: '', to: '' });
          }}
        >
          {years.map((year) => (
            <FormSelectOption key={year} value={year} label={year} />
          ))}
        </FormSelect>
      </FormGroup>
      {(['from', 'to'] as const).map((edge) => (
        <DayField
          key={edge}
          label={t(`common.${edge}`)}
          value={range[edge]}
          min={`${range.year}-01-01`}
          max={`${range.year}-12-31`}
          onChange={(value) => {
            onChange({ [edge]: value });
          }}
        />
      ))}
      {name === 'outgoing' && bodies !== undefined && bodies.length > 1 && (
        <FormGroup label={t('registers.body')} fieldId={`${id}-body`}>
          <FormSelect
            id={`${id}-body`}
            value={range.body}
            onChange={(_event, body) => {
              onChange({ body });
            }}
          >
            <FormSelectOption value="" label={t('common.all')} />
            {bodies.map((body) => (
              <FormSelectOption key={body.id} value={body.id} label={body.name} />
            ))}
          </FormSelect>
        </FormGroup>
      )}
    </div>
  );
}
