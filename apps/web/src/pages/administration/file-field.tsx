import { FormGroup, FormHelperText, HelperText, HelperTextItem } from '@patternfly/react-core';
import { useId } from 'react';

interface Props {
  readonly label: string;
  readonly hint: string;
  /** Endings of names, as an input of files takes them: `.p12,.pfx`. */
  readonly accept: string;
  readonly onChange: (file: File | undefined) => void;
}

/** One file from this computer. */
export function FileField({ label, hint, accept, onChange }: Props) {
  const id = useId();
  return (
    <FormGroup label={label} fieldId={id} isRequired>
      <input
        id={id}
        type="file"
        accept={accept}
        required
        aria-describedby={`${id}-hint`}
        className="sealpost-file"
        onChange={({ target }) => {
          onChange(target.files?.[0]);
        }}
      />
      <FormHelperText>
        <HelperText>
          <HelperTextItem id={`${id}-hint`}>{hint}</HelperTextItem>
        </HelperText>
      </FormHelperText>
    </FormGroup>
  );
}
