import { Button } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

interface Props {
  /** Read out after what each button does. */
  readonly name: string;
  readonly onChange: () => void;
  readonly onEnd: () => void;
}

/** What can be done with a row that has not ended. */
export function RowActions({ name, onChange, onEnd }: Props) {
  const { t } = useTranslation();
  return (
    <div className="sealpost-actions">
      <Button
        variant="link"
        isInline
        aria-label={`${t('administration.act.change')} ${name}`}
        onClick={onChange}
      >
        {t('administration.act.change')}
      </Button>
      <Button
        variant="link"
        isInline
        isDanger
        aria-label={`${t('administration.act.end')} ${name}`}
        onClick={onEnd}
      >
        {t('administration.act.end')}
      </Button>
    </div>
  );
}
