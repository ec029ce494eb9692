import { FormSelect, FormSelectOption, PageSection, SearchInput } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';

import type { DocumentState } from '../../api/types';
import { PageTitle } from '../../parts/page-title';
import { useSession } from '../../shell/session';
import { FoundDocuments } from './found-documents';
import { OutgoingDocuments } from './outgoing-documents';

const states: readonly DocumentState[] = [
  'DRAFT',
  'RETURNED',
  'IN_REVIEW',
  'APPROVED',
  'PERSON_SIGNED',
  'COPIED',
  'NUMBERED',
  'AGENCY_SIGNED',
  'ISSUED',
  'CORRECTED',
  'REPLACED',
  'RECALLED',
  'CANCELLED',
];

/** Outgoing documents of the agency: by state, or found by words in the register. */
export default function OutgoingList() {
  const { t } = useTranslation();
  const { policies } = useSession();
  // In the address, so that going back from a document finds the same list.
  const [asked, setAsked] = useSearchParams();
  const state = states.find((each) => each === asked.get('state'));
  const words = asked.get('q') ?? '';
  const [typed, setTyped] = useState(words);
  const ask = (next: Readonly<Record<string, string>>): void => {
    setAsked(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '')));
  };
  return (
    <>
      <PageTitle
        title={t('outgoing.title')}
        actions={
          policies.includes('document.create') && (
            <Link className="pf-v6-c-button pf-m-primary" href="/draft">
              {t('shell.nav.draft')}
            </Link>
          )
        }
      />
      <PageSection hasBodyWrapper={false} className="sealpost-tabs">
        <div className="sealpost-tools">
          <div>
            <FormSelect
              aria-label={t('common.state')}
              value={state ?? ''}
              onChange={(_event, value) => {
                setTyped('');
                ask({ state: value });
              }}
            >
              <FormSelectOption value="" label={t('outgoing.anyState')} />
              {states.map((each) => (
                <FormSelectOption key={each} value={each} label={t(`marks.outgoingState.${each}`)} />
              ))}
            </FormSelect>
          </div>
          {policies.includes('document.search') && (
            <div className="sealpost-search">
              <SearchInput
                value={typed}
                aria-label={t('outgoing.search')}
                placeholder={t('outgoing.search')}
                submitSearchButtonLabel={t('common.search')}
                resetButtonLabel={t('common.remove')}
                onChange={(_event, value) => {
                  setTyped(value.slice(0, 200));
                }}
                onSearch={(_event, value) => {
                  ask({ q: value.trim() });
                }}
                onClear={() => {
                  setTyped('');
                  ask({});
                }}
              />
            </div>
          )}
        </div>
        {words === '' ? <OutgoingDocuments state={state} /> : <FoundDocuments words={words} />}
      </PageSection>
    </>
  );
}
