import { Button, FormGroup } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly label: string;
  readonly name: string;
  readonly onDrop: () => void;
}

/** A document or person that was found and now narrows the search, in place of the field that found it. */
export function ChosenCondition({ label, name, onDrop }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <FormGroup label={label} fieldId={id}>
      <span className="sealpost-inspection__chosen">
        <strong>{name}</strong>
        <Button
          id={id}
          variant="link"
          isInline
          aria-label={t('inspection.trail.drop', { name: `${label} ${name}` })}
          onClick={onDrop}
        >
          {t('common.remove')}
        </Button>
      </span>
    </FormGroup>
  );
}
