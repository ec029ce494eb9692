import { FormGroup, FormSelect, FormSelectOption, SearchInput, TextInput } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { FoundDocument } from '../../api/types';
import type { Address } from '../../parts/use-address';
import { useSettlingText } from '../../parts/use-address';
import { useBodies } from '../../parts/use-bodies';
import { DayField } from '../../parts/when-fields';

interface Props {
  readonly address: Address;
  /** Their types are offered too: others issue what the own agency does not. */
  readonly found: readonly FoundDocument[];
}

/** One box for words, and what narrows them. */
export function SearchFields({ address, found }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [words, typeWords] = useSettlingText(address.value('q'), (q) => {
    address.change({ q });
  });
  const [agency, typeAgency] = useSettlingText(address.value('agency'), (text) => {
    address.change({ agency: text });
  });
  const type = address.value('type');
  const types = useTypes(found, type);
  return (
    <div role="search" aria-label={t('search.title')} className="sealpost-find__fields">
      <FormGroup label={t('search.words')} fieldId={`${id}-words`}>
        <SearchInput
          searchInputId={`${id}-words`}
          aria-label={t('search.words')}
          placeholder={t('search.hint')}
          value={words}
          resetButtonLabel={t('search.clear')}
          onChange={(_event, text) => {
            typeWords(text.slice(0, 200));
          }}
          onClear={() => {
            typeWords('');
          }}
        />
      </FormGroup>
      <div className="sealpost-filter">
        <FormGroup label={t('search.kind.label')} fieldId={`${id}-kind`}>
          <FormSelect
            id={`${id}-kind`}
            value={address.value('kind')}
            onChange={(_event, kind) => {
              address.change({ kind });
            }}
          >
            <FormSelectOption value="" label={t('search.kind.all')} />
            <FormSelectOption value="outgoing" label={t('search.kind.outgoing')} />
            <FormSelectOption value="incoming" label={t('search.kind.incoming')} />
          </FormSelect>
        </FormGroup>
        <FormGroup label={t('search.agency')} fieldId={`${id}-agency`}>
          <TextInput
            id={`${id}-agency`}
            value={agency}
            maxLength={200}
            onChange={(_event, text) => {
              typeAgency(text);
            }}
          />
        </FormGroup>
        <FormGroup label={t('search.type')} fieldId={`${id}-type`}>
          <FormSelect
            id={`${id}-type`}
            value={type}
            onChange={(_event, chosen) => {
              address.change({ type: chosen });
            }}
          >
            <FormSelectOption value="" label={t('search.anyType')} />
            {types.map(({ code, name }) => (
              <FormSelectOption key={code} value={code} label={name} />
            ))}
          </FormSelect>
        </FormGroup>
        {(['from', 'to'] as const).map((edge) => (
          <DayField
            key={edge}
            label={t(`common.${edge}`)}
            value={address.value(edge)}
            onChange={(day) => {
              address.change({ [edge]: day });
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface TypeChoice {
  readonly code: string;
  readonly name: string;
}

/** Types that the own bodies issue and those that were found, each once, as Vietnamese sorts them. */
function useTypes(found: readonly FoundDocument[], chosen: string): readonly TypeChoice[] {
  const bodies = useBodies() ?? [];
  const known = new Map<string, string>(chosen === '' ? [] : [[chosen, chosen]]);
  for (const { typeCode, typeName } of found)
    if (typeCode !== null && typeName !== null) known.set(typeCode, typeName);
  for (const { code, name } of bodies.flatMap(({ types }) => types)) known.set(code, name);
  return [...known]
    .map(([code, name]) => ({ code, name }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'));
}
