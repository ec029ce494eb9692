import {
  Alert,
  FormGroup,
  FormSelect,
  FormSelectOption,
  Label,
  TextArea,
  TextInput,
} from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { BodyChoices, Secrecy, Urgency } from '../../api/types';
import { Hint } from '../../parts/hint';
import { noSigner } from '../../parts/signer-fields';
import type { DraftFields } from './draft-fields';
import type { Draft, NamedField } from './use-draft';

const secrecies: readonly Secrecy[] = ['THUONG', 'MAT', 'TOI_MAT', 'TUYET_MAT'];
const urgencies: readonly Urgency[] = [0, 1, 2, 3, 4];

interface Props {
  readonly draft: Draft;
  readonly bodies: readonly BodyChoices[];
  readonly body: BodyChoices | undefined;
}

/** What the document is: body, type, abstract and marks. */
export function TextFields({ draft, bodies, body }: Props) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const { fields, change, missing } = draft;
  const fault = (name: NamedField): 'error' | 'default' => (missing.includes(name) ? 'error' : 'default');
  const types = body?.types.filter(({ numberStyle }) => numberStyle !== 'unnumbered') ?? [];
  const hasUnit = types.find(({ code }) => code === fields.typeCode)?.abbreviation === null;
  return (
    <>
      <FormGroup
        label={t('draft.field.body')}
        fieldId={`${id}-body`}
        isRequired
        labelInfo={<ReadMark draft={draft} name="bodyId" />}
      >
        <FormSelect
          id={`${id}-body`}
          value={fields.bodyId}
          isRequired
          validated={fault('body')}
          onChange={(_event, bodyId) => {
            // Types and signers are those of a body.
            change({ bodyId, typeCode: '', signer: noSigner });
          }}
        >
          <FormSelectOption value="" label={t('draft.choose')} isPlaceholder isDisabled />
          {bodies.map((each) => (
            <FormSelectOption key={each.id} value={each.id} label={each.name} />
          ))}
        </FormSelect>
      </FormGroup>
      <FormGroup
        label={t('draft.field.type')}
        fieldId={`${id}-type`}
        isRequired
        labelInfo={<ReadMark draft={draft} name="typeCode" />}
      >
        <FormSelect
          id={`${id}-type`}
          value={fields.typeCode}
          isRequired
          isDisabled={!body}
          validated={fault('type')}
          onChange={(_event, typeCode) => {
            change({ typeCode });
          }}
        >
          <FormSelectOption value="" label={t('draft.choose')} isPlaceholder isDisabled />
          {types.map(({ code, name, en }) => (
            <FormSelectOption
              key={code}
              value={code}
              label={i18n.language === 'en' ? `${name} (${en})` : name}
            />
          ))}
        </FormSelect>
      </FormGroup>
      {hasUnit && (
        <FormGroup label={t('draft.field.unit')} fieldId={`${id}-unit`}>
          <TextInput
            id={`${id}-unit`}
            value={fields.unitSymbol}
            maxLength={20}
            onChange={(_event, unitSymbol) => {
              change({ unitSymbol });
            }}
          />
          <Hint>{t('draft.unitHint')}</Hint>
        </FormGroup>
      )}
      {fields.secrecy === 'TUYET_MAT' ? (
        <p>{t('draft.abstractNone')}</p>
      ) : (
        <FormGroup
          label={t('draft.field.abstract')}
          fieldId={`${id}-abstract`}
          isRequired
          labelInfo={<ReadMark draft={draft} name="abstract" />}
        >
          <TextArea
            id={`${id}-abstract`}
            value={fields.abstract}
            rows={3}
            maxLength={500}
            isRequired
            validated={fault('abstract')}
            resizeOrientation="vertical"
            onChange={(_event, abstract) => {
              change({ abstract });
            }}
          />
        </FormGroup>
      )}
      <FormGroup label={t('draft.field.urgency')} fieldId={`${id}-urgency`}>
        <FormSelect
          id={`${id}-urgency`}
          value={fields.urgency}
          onChange={(_event, value) => {
            change({ urgency: urgencies.find((urgency) => String(urgency) === value) ?? 0 });
          }}
        >
          {urgencies.map((urgency) => (
            <FormSelectOption key={urgency} value={urgency} label={t(`marks.urgency.${urgency}`)} />
          ))}
        </FormSelect>
      </FormGroup>
      {fields.urgency === 4 && (
        <FormGroup label={t('draft.field.urgencyAt')} fieldId={`${id}-at`} isRequired>
          <TextInput
            id={`${id}-at`}
            type="datetime-local"
            value={fields.urgencyAt}
            isRequired
            validated={fault('urgencyAt')}
            onChange={(_event, urgencyAt) => {
              change({ urgencyAt });
            }}
          />
        </FormGroup>
      )}
      <FormGroup label={t('draft.field.secrecy')} fieldId={`${id}-secrecy`}>
        <FormSelect
          id={`${id}-secrecy`}
          value={fields.secrecy}
          onChange={(_event, value) => {
            const secrecy = secrecies.find((each) => each === value) ?? 'THUONG';
            // Nothing of a top secret is kept on the page either.
            change(secrecy === 'TUYET_MAT' ? { secrecy, abstract: '' } : { secrecy });
          }}
        >
          {secrecies.map((secrecy) => (
            <FormSelectOption key={secrecy} value={secrecy} label={t(`marks.secrecy.${secrecy}`)} />
          ))}
        </FormSelect>
      </FormGroup>
      {fields.secrecy !== 'THUONG' && (
        <Alert isInline isLiveRegion variant="warning" component="p" title={t('draft.secretNotYet')} />
      )}
    </>
  );
}

/** Says that a field was filled by reading a file, until somebody touches it. */
export function ReadMark({ draft, name }: { readonly draft: Draft; readonly name: keyof DraftFields }) {
  const { t } = useTranslation();
  if (!draft.read.has(name)) return null;
  return (
    <Label isCompact color="yellow">
      {t('draft.readFromFile')}
    </Label>
  );
}
