import { FormGroup, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { InspectedDocument, InspectedPerson } from '../../api/types';
import { day } from '../../formats/moments';
import { Finder } from '../../parts/finder';
import { usePersonName } from '../../parts/person-name';
import type { Address } from '../../parts/use-address';
import { query } from '../../parts/use-address';
import { MomentField } from '../../parts/when-fields';
import { auditActions } from './action-names';
import { ChosenCondition } from './chosen-condition';
import { useActionNames } from './entry-words';
import { useInspectedDocument } from './use-inspected-document';
import type { Scope } from './use-scope';

const outcomes = ['success', 'denied', 'failed'] as const;
const nobody: ReadonlySet<string> = new Set();

interface Props {
  readonly address: Address;
  readonly scope: Scope;
}

/** Fields for document, person, action, outcome and time. */
export function TrailFields({ address, scope }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const names = useActionNames(auditActions);
  const { value, change } = address;
  return (
    <div role="search" aria-label={t('inspection.trail.fields')} className="sealpost-stack">
      <div className="sealpost-inspection__found">
        <DocumentField address={address} scope={scope} />
        <PersonField address={address} scope={scope} />
      </div>
      <div className="sealpost-filter">
        <FormGroup label={t('inspection.trail.action')} fieldId={`${id}-action`}>
          <FormSelect
            id={`${id}-action`}
            value={value('action')}
            onChange={(_event, action) => {
              change({ action });
            }}
          >
            <FormSelectOption value="" label={t('inspection.trail.anyAction')} />
            {names.map(({ action, name }) => (
              <FormSelectOption key={action} value={action} label={name} />
            ))}
          </FormSelect>
        </FormGroup>
        <FormGroup label={t('inspection.trail.outcome')} fieldId={`${id}-outcome`}>
          <FormSelect
            id={`${id}-outcome`}
            value={value('outcome')}
            onChange={(_event, outcome) => {
              change({ outcome });
            }}
          >
            <FormSelectOption value="" label={t('inspection.trail.anyOutcome')} />
            {outcomes.map((outcome) => (
              <FormSelectOption key={outcome} value={outcome} label={t(`inspection.outcome.${outcome}`)} />
            ))}
          </FormSelect>
        </FormGroup>
        {(['from', 'to'] as const).map((edge) => (
          <div key={edge} className="sealpost-inspection__moment">
            <MomentField
              label={t(`inspection.trail.${edge}`)}
              value={value(edge)}
              onChange={(moment) => {
                change({ [edge]: moment });
              }}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

function DocumentField({ address, scope }: Props) {
  const { t } = useTranslation();
  const id = address.value('document');
  const document = useInspectedDocument(scope, id);
  const choose = (chosen: string): void => {
    address.change({ document: chosen });
  };
  const label = t('inspection.trail.document');
  if (id !== '')
    return (
      <ChosenCondition
        label={label}
        name={document === undefined ? '' : (document?.symbol ?? t('inspection.trail.unnumbered'))}
        onDrop={() => {
          choose('');
        }}
      />
    );
  return (
    <Finder<InspectedDocument>
      label={label}
      hint={t('inspection.trail.documentHint')}
      pathOf={(symbol) => `/audit/documents${query({ ...scope.asked, symbol })}`}
      nameOf={({ symbol }) => symbol ?? t('inspection.trail.unnumbered')}
      detailOf={({ issuedOn, agencyNames }) =>
        [issuedOn === null ? null : t('inspection.trail.documentDay', { day: day(issuedOn) }), ...agencyNames]
          .filter((part) => part !== null)
          .join(' · ')
      }
      chosen={nobody}
      onPick={(found) => {
        choose(found.id);
      }}
    />
  );
}

function PersonField({ address, scope }: Props) {
  const { t } = useTranslation();
  const id = address.value('person');
  const name = usePersonName(id === '' ? null : id);
  const choose = (chosen: string): void => {
    address.change({ person: chosen });
  };
  const label = t('inspection.trail.person');
  if (id !== '')
    return (
      <ChosenCondition
        label={label}
        name={name}
        onDrop={() => {
          choose('');
        }}
      />
    );
  return (
    <Finder<InspectedPerson>
      label={label}
      hint={t('inspection.trail.personHint')}
      pathOf={(words) => `/audit/people${query({ ...scope.asked, query: words })}`}
      nameOf={({ fullName }) => fullName}
      detailOf={({ posts }) => posts.map(({ title, agencyName }) => `${title}, ${agencyName}`).join(' · ')}
      chosen={nobody}
      onPick={(found) => {
        choose(found.id);
      }}
    />
  );
}
