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

import type { BodyChoices } from '../../api/types';
import { oneLine } from '../../formats/one-line';
import { Hint } from '../../parts/hint';
import { SecrecyField, UrgencyAtField, UrgencyField } from '../../parts/mark-fields';
import { noSigner } from '../../parts/signer-fields';
import type { DraftFields } from './draft-fields';
import type { Draft, NamedField } from './use-draft';

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
              change({ abstract: oneLine(abstract) });
            }}
          />
        </FormGroup>
      )}
      <UrgencyField
        value={fields.urgency}
        onChange={(urgency) => {
          change({ urgency });
        }}
      />
      {fields.urgency === 4 && (
        <UrgencyAtField
          label={t('draft.field.urgencyAt')}
          value={fields.urgencyAt}
          isMissing={missing.includes('urgencyAt')}
          onChange={(urgencyAt) => {
            change({ urgencyAt });
          }}
        />
      )}
      <SecrecyField
        value={fields.secrecy}
        onChange={(secrecy) => {
          // Nothing of a top secret is kept on the page either.
          change(secrecy === 'TUYET_MAT' ? { secrecy, abstract: '' } : { secrecy });
        }}
      />
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
