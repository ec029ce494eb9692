import { FormGroup, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { BodyChoices } from '../api/types';
import { today } from '../formats/moments';
import { DayField } from './when-fields';

export interface ChosenSigner {
  readonly postId: string;
  /** Empty while none is chosen. */
  readonly code: string;
  /** Number and symbol of the written authority, where the capacity needs one. */
  readonly reference: string;
  /** Its last day, `YYYY-MM-DD`. */
  readonly validUntil: string;
}

export const noSigner: ChosenSigner = { postId: '', code: '', reference: '', validUntil: '' };

type Choice = BodyChoices['signers'][number];

interface Props {
  readonly signers: readonly Choice[];
  readonly value: ChosenSigner;
  readonly onChange: (value: ChosenSigner) => void;
}

/** Post and capacity of the signer: only what the rules allow for this body can be chosen. */
export function SignerFields({ signers, value, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const post = signers.find(({ postId }) => postId === value.postId);
  const capacity = post?.capacities.find(({ code }) => code === value.code);
  return (
    <>
      <FormGroup label={t('document.signer.post')} fieldId={`${id}-post`} isRequired>
        <FormSelect
          id={`${id}-post`}
          value={value.postId}
          isRequired
          onChange={(_event, postId) => {
            onChange(withPost(signers, postId));
          }}
        >
          <FormSelectOption value="" label={t('draft.choose')} isPlaceholder isDisabled />
          {signers.map((signer) => (
            <FormSelectOption
              key={signer.postId}
              value={signer.postId}
              label={`${signer.title} · ${holdersOf(signer, t('document.signer.acting')) || t('document.signer.noHolder')}`}
            />
          ))}
        </FormSelect>
      </FormGroup>
      <FormGroup label={t('document.signer.capacity')} fieldId={`${id}-capacity`} isRequired>
        <FormSelect
          id={`${id}-capacity`}
          value={value.code}
          isRequired
          isDisabled={!post}
          onChange={(_event, code) => {
            onChange({ ...value, code });
          }}
        >
          <FormSelectOption value="" label={t('draft.choose')} isPlaceholder isDisabled />
          {post?.capacities.map(({ code, block }) => (
            <FormSelectOption key={code} value={code} label={block.join(' / ')} />
          ))}
        </FormSelect>
      </FormGroup>
      {capacity?.needsAuthority && (
        <>
          <FormGroup label={t('document.signer.reference')} fieldId={`${id}-reference`} isRequired>
            <TextInput
              id={`${id}-reference`}
              value={value.reference}
              maxLength={100}
              isRequired
              onChange={(_event, reference) => {
                onChange({ ...value, reference });
              }}
            />
          </FormGroup>
          <DayField
            label={t('document.signer.until')}
            min={today()}
            value={value.validUntil}
            isRequired
            onChange={(validUntil) => {
              onChange({ ...value, validUntil });
            }}
          />
        </>
      )}
    </>
  );
}

const holdersOf = ({ holders }: Choice, acting: string): string =>
  holders.map((holder) => (holder.acting ? `${holder.fullName} (${acting})` : holder.fullName)).join(', ');

/** A post with one capacity leaves nothing to choose. */
function withPost(signers: readonly Choice[], postId: string): ChosenSigner {
  const capacities = signers.find((signer) => signer.postId === postId)?.capacities ?? [];
  return { ...noSigner, postId, code: capacities[0]?.code ?? '' };
}

/** Whether everything is chosen that this signer needs. */
export function isWhole(
  signers: readonly Choice[],
  { postId, code, reference, validUntil }: ChosenSigner,
): boolean {
  const capacity = signers
    .find((signer) => signer.postId === postId)
    ?.capacities.find((each) => each.code === code);
  if (!capacity) return false;
  return !capacity.needsAuthority || (reference.trim() !== '' && validUntil !== '');
}

/** As the server takes it. */
export function signerBody({ postId, code, reference, validUntil }: ChosenSigner): {
  readonly signerPostId: string;
  readonly capacity: object;
} {
  const authority = reference === '' ? {} : { authority: { reference: reference.trim(), validUntil } };
  return { signerPostId: postId, capacity: { code, ...authority } };
}
