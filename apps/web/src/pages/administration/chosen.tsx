import { Button, FormGroup } from '@patternfly/react-core';
import type { ComponentProps } from 'react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { AdministeredAgency, AdministeredPerson, Agency } from '../../api/types';
import { Finder } from '../../parts/finder';
import { query } from '../../parts/use-address';

/** An agency or a person that a form is about. */
export interface Chosen {
  readonly id: string;
  readonly name: string;
}

interface Props {
  readonly label: string;
  readonly chosen: Chosen | undefined;
  readonly onChange: (chosen: Chosen | undefined) => void;
}

/** One of the administered agencies, found without accents. */
export function ChosenAgency(props: Props) {
  const { t } = useTranslation();
  return (
    <ChosenOne<AdministeredAgency>
      {...props}
      hint={t('administration.field.findHint')}
      pathOf={(typed) => `/admin/agencies${query({ query: typed })}`}
      nameOf={({ name }) => name}
      detailOf={({ code }) => code}
    />
  );
}

/** Any agency of the directory: a successor may lie outside what is administered. */
export function ChosenSuccessor(props: Props) {
  const { t } = useTranslation();
  return (
    <ChosenOne<Agency>
      {...props}
      hint={t('administration.agencies.successorHint')}
      pathOf={(typed) => `/agencies${query({ q: typed })}`}
      nameOf={({ name }) => name}
      detailOf={({ code }) => code}
    />
  );
}

/** One of the people of administered agencies, found without accents. */
export function ChosenPerson(props: Props) {
  const { t } = useTranslation();
  return (
    <ChosenOne<AdministeredPerson>
      {...props}
      hint={t('administration.field.findHint')}
      pathOf={(typed) => `/admin/people${query({ query: typed })}`}
      nameOf={({ fullName }) => fullName}
      detailOf={({ appointments: [held] }) => (held ? `${held.postTitle}, ${held.agencyName}` : '')}
    />
  );
}

interface Identified {
  readonly id: string;
}

type Search<T extends Identified> = Pick<
  ComponentProps<typeof Finder<T>>,
  'hint' | 'pathOf' | 'nameOf' | 'detailOf'
>;

/** Searches until one is chosen, then shows it and lets another be chosen. */
function ChosenOne<T extends Identified>({ label, chosen, onChange, nameOf, ...search }: Props & Search<T>) {
  const { t } = useTranslation();
  const fieldId = useId();
  if (chosen === undefined)
    return (
      <Finder<T>
        {...search}
        label={label}
        nameOf={nameOf}
        chosen={new Set()}
        onPick={(item) => {
          onChange({ id: item.id, name: nameOf(item) });
        }}
      />
    );
  return (
    <FormGroup label={label} role="group" fieldId={fieldId}>
      {chosen.name}{' '}
      <Button
        variant="link"
        isInline
        onClick={() => {
          onChange(undefined);
        }}
      >
        {t('administration.field.another')}
      </Button>
    </FormGroup>
  );
}
