import {
  Button,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  InputGroup,
  InputGroupItem,
  TextInput,
} from '@patternfly/react-core';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { day, readDay, readMoment, writeMoment } from '../formats/moments';
import './fields.css';

interface Props {
  readonly label: string;
  /** One line below that says what is wanted. */
  readonly hint?: string;
  readonly isRequired?: boolean;
  /** Found wanting by the form, whatever stands in it. */
  readonly isFaulty?: boolean;
  readonly autoFocus?: boolean;
  /** As `onChange` told it. */
  readonly value: string;
  /** First and last that can be picked, of the form of the value. */
  readonly min?: string;
  readonly max?: string;
  /**
   * Told what was read, or nothing (an empty text). What cannot be read is told as it stands once the field is left or
   * Enter is pressed: whoever it is sent to refuses it, and nobody takes it for nothing.
   */
  readonly onChange: (value: string) => void;
}

interface Kind {
  readonly type: 'date' | 'datetime-local';
  readonly pattern: 'common.dayPattern' | 'common.momentPattern';
  readonly fault: 'common.dayFault' | 'common.momentFault';
  readonly read: (typed: string) => string | undefined;
  readonly write: (value: string) => string;
}

const days: Kind = {
  type: 'date',
  pattern: 'common.dayPattern',
  fault: 'common.dayFault',
  read: readDay,
  write: day,
};
const moments: Kind = {
  type: 'datetime-local',
  pattern: 'common.momentPattern',
  fault: 'common.momentFault',
  read: readMoment,
  write: writeMoment,
};

/** A day, `YYYY-MM-DD`, typed as it is written in Viet Nam or picked. */
export function DayField(props: Props) {
  return <WhenField {...props} kind={days} />;
}

/** A day and a time in Viet Nam, `YYYY-MM-DDTHH:mm`. */
export function MomentField(props: Props) {
  return <WhenField {...props} kind={moments} />;
}

/** The browser's own field follows the browser's language, so that it serves here as the calendar only. */
function WhenField({
  kind,
  label,
  hint,
  isRequired = false,
  isFaulty = false,
  autoFocus = false,
  value,
  min,
  max,
  onChange,
}: Props & { readonly kind: Kind }) {
  const { t } = useTranslation();
  const id = useId();
  const calendar = useRef<HTMLInputElement>(null);
  const [known, setKnown] = useState(value);
  const [typed, setTyped] = useState(() => kind.write(value));
  const [isTyping, setTyping] = useState(false);
  const told = (text: string): string => kind.read(text) ?? text.trim();
  // Nothing takes the place of what somebody is writing.
  if (value !== known && !isTyping) {
    setKnown(value);
    if (told(typed) !== value) setTyped(kind.write(value));
  }
  const tell = (next: string): void => {
    if (next !== value) onChange(next);
  };
  const settle = (): void => {
    setTyping(false);
    tell(told(typed));
    // Also what was emptied, where there is always a day.
    setTyped(kind.write(typed.trim() === '' ? value : told(typed)));
  };
  const isUnreadable = !isTyping && typed.trim() !== '' && kind.read(typed) === undefined;
  const fault = isUnreadable || isFaulty ? 'error' : 'default';
  return (
    <FormGroup label={label} fieldId={id} isRequired={isRequired}>
      <InputGroup className="sealpost-when">
        <InputGroupItem isFill>
          <TextInput
            id={id}
            autoComplete="off"
            maxLength={40}
            placeholder={t(kind.pattern)}
            isRequired={isRequired}
            autoFocus={autoFocus}
            validated={fault}
            aria-describedby={`${id}-fault ${id}-hint`}
            value={typed}
            onChange={(_event, text) => {
              setTyping(true);
              setTyped(text);
              const read = kind.read(text);
              if (read !== undefined || text.trim() === '') tell(read ?? '');
            }}
            onKeyDown={({ key }) => {
              if (key === 'Enter') settle();
            }}
            onBlur={settle}
          />
        </InputGroupItem>
        <InputGroupItem>
          <Button
            variant="control"
            aria-label={t('common.calendar')}
            icon={<CalendarIcon />}
            onClick={() => {
              calendar.current?.showPicker();
            }}
          />
          <input
            ref={calendar}
            className="sealpost-when__calendar"
            type={kind.type}
            aria-hidden="true"
            tabIndex={-1}
            value={kind.read(kind.write(value)) ?? ''}
            min={min}
            max={max}
            onChange={({ target }) => {
              setTyped(kind.write(target.value));
              tell(target.value);
            }}
          />
        </InputGroupItem>
        {/* Over what stands below: a line of its own would move the button that is being pressed. */}
        <span id={`${id}-fault`} className="sealpost-when__fault">
          {isUnreadable && t(kind.fault)}
        </span>
      </InputGroup>
      {hint !== undefined && (
        <FormHelperText>
          <HelperText>
            <HelperTextItem id={`${id}-hint`}>{hint}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </FormGroup>
  );
}

function CalendarIcon() {
  return (
    <svg viewBox="0 0 16 16" width="1em" height="1em" fill="none" stroke="currentColor" aria-hidden="true">
      <path d="M2 4.5h12v9H2zM2 7.5h12M5 2v4M11 2v4" strokeWidth="1.4" />
    </svg>
  );
}
