import {
  Checkbox,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  TextInput,
} from '@patternfly/react-core';
import type { ComponentProps } from 'react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import './fields.css';

interface Field {
  readonly label: string;
  /** One line below that says what is wanted. */
  readonly hint?: string;
  readonly isRequired?: boolean;
}

interface TextProps
  extends Field, Pick<ComponentProps<typeof TextInput>, 'type' | 'autoComplete' | 'autoFocus'> {
  readonly value: string;
  readonly maxLength?: number;
  /** What the server will take; the hint says it in words. */
  readonly pattern?: RegExp;
  readonly onChange: (value: string) => void;
}

/** One line of text, a day or a password. */
export function TextField({ label, hint, isRequired = false, pattern, onChange, ...input }: TextProps) {
  const id = useId();
  const typed = input.value.trim();
  const fault = typed === '' || pattern === undefined || pattern.test(typed) ? 'default' : 'error';
  return (
    <FormGroup label={label} fieldId={id} isRequired={isRequired}>
      <TextInput
        id={id}
        isRequired={isRequired}
        validated={fault}
        {...(hint !== undefined && { 'aria-describedby': `${id}-hint` })}
        {...input}
        onChange={(_event, value) => {
          onChange(value);
        }}
      />
      {hint !== undefined && (
        <FormHelperText>
          <HelperText>
            <HelperTextItem id={`${id}-hint`} variant={fault}>
              {hint}
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </FormGroup>
  );
}

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface ChoiceProps<Value extends string> extends Field {
  /** Empty for nothing chosen yet. */
  readonly value: Value | '';
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
}

/** One of a few. */
export function ChoiceField<Value extends string>({
  label,
  hint,
  isRequired = true,
  value,
  choices,
  onChange,
}: ChoiceProps<Value>) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <FormGroup label={label} fieldId={id} isRequired={isRequired}>
      <FormSelect
        id={id}
        value={value}
        isRequired={isRequired}
        onChange={(_event, chosen) => {
          const choice = choices.find((each) => each.value === chosen);
          if (choice) onChange(choice.value);
        }}
      >
        {value === '' && <FormSelectOption value="" label={t('draft.choose')} isPlaceholder isDisabled />}
        {choices.map((choice) => (
          <FormSelectOption key={choice.value} value={choice.value} label={choice.label} />
        ))}
      </FormSelect>
      {hint !== undefined && (
        <FormHelperText>
          <HelperText>
            <HelperTextItem>{hint}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </FormGroup>
  );
}

interface ChecksProps<Value extends string> extends Pick<Field, 'label'> {
  readonly values: readonly Value[];
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (values: readonly Value[]) => void;
}

/** Any number of them. */
export function ChecksField<Value extends string>({ label, values, choices, onChange }: ChecksProps<Value>) {
  const id = useId();
  return (
    <FormGroup label={label} fieldId={id} role="group">
      <div className="sealpost-checks">
        {choices.map((choice) => (
          <Checkbox
            key={choice.value}
            id={`${id}-${choice.value}`}
            label={choice.label}
            isChecked={values.includes(choice.value)}
            onChange={(_event, isChecked) => {
              onChange(
                isChecked ? [...values, choice.value] : values.filter((value) => value !== choice.value),
              );
            }}
          />
        ))}
      </div>
    </FormGroup>
  );
}
