import { Checkbox, FormGroup, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import { nowForInput } from '../../formats/moments';
import { channels, envelopeMarks } from './paper-fields';
import type { PaperPartProps } from './paper-sender';
import { MomentField } from '../../parts/when-fields';

/** How and when it came, and what is to be noted about its envelope. */
export function PaperReceipt({ fields, faults, onChange }: PaperPartProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <>
      <div className="sealpost-paper__pair">
        <FormGroup label={t('incoming.paper.channel')} fieldId={`${id}-channel`}>
          <FormSelect
            id={`${id}-channel`}
            value={fields.channel}
            onChange={(_event, value) => {
              onChange({ channel: channels.find((each) => each === value) ?? 'post' });
            }}
          >
            {channels.map((each) => (
              <FormSelectOption key={each} value={each} label={t(`incoming.channel.${each}`)} />
            ))}
          </FormSelect>
        </FormGroup>
        <FormGroup label={t('incoming.paper.pages')} fieldId={`${id}-pages`}>
          <TextInput
            id={`${id}-pages`}
            type="number"
            min={1}
            max={100_000}
            value={fields.pages}
            onChange={(_event, pages) => {
              onChange({ pages });
            }}
          />
        </FormGroup>
      </div>
      <MomentField
        label={t('incoming.paper.receivedAt')}
        value={fields.receivedAt}
        max={nowForInput()}
        isRequired
        isFaulty={faults.includes('receivedAt')}
        onChange={(receivedAt) => {
          onChange({ receivedAt });
        }}
      />
      <FormGroup role="group" label={t('incoming.paper.marks')} fieldId={`${id}-marks`} isStack>
        {envelopeMarks.map((mark) => (
          <Checkbox
            key={mark}
            id={`${id}-${mark}`}
            label={t(`incoming.envelope.${mark}`)}
            isChecked={fields.envelopeMarks.includes(mark)}
            onChange={(_event, isNoted) => {
              onChange({
                envelopeMarks: envelopeMarks.filter((each) =>
                  each === mark ? isNoted : fields.envelopeMarks.includes(each),
                ),
              });
            }}
          />
        ))}
      </FormGroup>
      {fields.secrecy !== 'TUYET_MAT' && (
        <FormGroup label={t('incoming.paper.remarks')} fieldId={`${id}-remarks`}>
          <TextInput
            id={`${id}-remarks`}
            value={fields.envelopeRemarks}
            maxLength={500}
            onChange={(_event, envelopeRemarks) => {
              onChange({ envelopeRemarks });
            }}
          />
        </FormGroup>
      )}
    </>
  );
}
