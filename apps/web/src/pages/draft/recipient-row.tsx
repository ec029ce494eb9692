import { Button, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

type AnyChannel = 'electronic' | 'kt1' | 'post' | 'direct';

interface Row<Channel> {
  readonly name: string;
  readonly address?: string | undefined;
  readonly channel: Channel;
  readonly copies: number;
}

interface Props<Channel extends AnyChannel, R extends Row<Channel>> {
  readonly recipient: R & Row<Channel>;
  readonly channels: readonly Channel[];
  readonly onChange: (recipient: R) => void;
  readonly onRemove: () => void;
}

/** One recipient on one line: name, channel, copies. */
export function RecipientRow<Channel extends AnyChannel, R extends Row<Channel>>({
  recipient,
  channels,
  onChange,
  onRemove,
}: Props<Channel, R>) {
  const { t } = useTranslation();
  const { name, address, channel, copies } = recipient;
  const nameOf = (each: AnyChannel): string => t(`document.channel.${each}`);
  return (
    <li className="sealpost-rows__line">
      <span className="sealpost-rows__name">
        {name}
        {address && <span className="sealpost-quiet"> {address}</span>}
      </span>
      <FormSelect
        className="sealpost-rows__choice"
        aria-label={t('draft.recipients.channelOf', { name })}
        value={channel}
        onChange={(_event, value) => {
          onChange({ ...recipient, channel: channels.find((each) => each === value) ?? channel });
        }}
      >
        {channels.map((each) => (
          <FormSelectOption key={each} value={each} label={nameOf(each)} />
        ))}
      </FormSelect>
      <TextInput
        className="sealpost-rows__number"
        type="number"
        min={1}
        max={10000}
        aria-label={t('draft.recipients.copiesOf', { name })}
        value={copies}
        onChange={(_event, value) => {
          onChange({ ...recipient, copies: Math.min(Math.max(Math.trunc(Number(value)) || 1, 1), 10_000) });
        }}
      />
      <Button variant="link" aria-label={t('draft.recipients.remove', { name })} onClick={onRemove}>
        {t('common.remove')}
      </Button>
    </li>
  );
}
