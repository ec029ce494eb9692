import { Button, FormGroup } from '@patternfly/react-core';
import type { ReactNode } from 'react';
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
    <ChosenOne {...props}>
      <Finder<AdministeredAgency>
        label={props.label}
        hint={t('administration.field.findHint')}
        pathOf={(typed) => `/admin/agencies${query({ query: typed })}`}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        detailOf={({ code }) => code}
        chosen={new Set()}
        onPick={props.onChange}
      />
    </ChosenOne>
  );
}

/** Any agency of the directory: a successor may lie outside what is administered. */
export function ChosenSuccessor(props: Props) {
  const { t } = useTranslation();
  return (
    <ChosenOne {...props}>
      <Finder<Agency>
        label={props.label}
        hint={t('administration.agencies.successorHint')}
        pathOf={(typed) => `/agencies${query({ q: typed })}`}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        detailOf={({ code }) => code}
        chosen={new Set()}
        onPick={props.onChange}
      />
    </ChosenOne>
  );
}

/** One of the people of administered agencies, found without accents. */
export function ChosenPerson(props: Props) {
  const { t } = useTranslation();
  return (
    <ChosenOne {...props}>
      <Finder<AdministeredPerson>
        label={props.label}
        hint={t('administration.field.findHint')}
        pathOf={(typed) => `/admin/people${query({ query: typed })}`}
        idOf={({ id }) => id}
        nameOf={({ fullName }) => fullName}
        detailOf={({ appointments: [held] }) => (held ? `${held.postTitle}, ${held.agencyName}` : '')}
        chosen={new Set()}
        onPick={({ id, fullName }) => {
          props.onChange({ id, name: fullName });
        }}
      />
    </ChosenOne>
  );
}

function ChosenOne({ label, chosen, onChange, children }: Props & { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const id = useId();
  if (chosen === undefined) return children;
  return (
    <FormGroup label={label} role="group" fieldId={id}>
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
