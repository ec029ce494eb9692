import {
  Button,
  Checkbox,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  TextInput,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { get, send } from '../../api/client';
import type { Agency, Colleague, MandateView, NewMandate, Page } from '../../api/types';
import { dayLater, today } from '../../formats/moments';
import { useAct } from '../../parts/act';
import { Finder } from '../../parts/finder';
import { FormDialog } from '../../parts/form-dialog';
import { DayField } from '../../parts/when-fields';

type Given = Omit<NewMandate, 'agencyIds'> & { readonly agencies: readonly Pick<Agency, 'id' | 'name'>[] };

/** Days for which a decision is in force unless said otherwise. */
const usual = 30;

const start = (): Given => ({
  decision: '',
  subject: '',
  agencies: [],
  periodFrom: `${today().slice(0, 4)}-01-01`,
  periodTo: today(),
  team: [],
  opensOn: today(),
  expiresOn: dayLater(today(), usual - 1),
});

/** A leader enters a decision to inspect: its number, what and whom, of which time, by whom, for how long. */
export function MandateDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [given, setGiven] = useState(start);
  const change = (changed: Partial<Given>): void => {
    setGiven((before) => ({ ...before, ...changed }));
  };
  const { agencies, ...plain } = given;
  const entering = useAct(
    () =>
      send<MandateView>('POST', '/mandates', {
        ...plain,
        decision: given.decision.trim(),
        subject: given.subject.trim(),
        agencyIds: agencies.map((agency) => agency.id),
      }),
    { done: t('inspection.mandates.entered'), then: onClose },
  );
  const texts = (['decision', 'subject'] as const).map((name) => (
    <FormGroup key={name} label={t(`inspection.mandate.${name}`)} fieldId={`${id}-${name}`} isRequired>
      <TextInput
        id={`${id}-${name}`}
        value={given[name]}
        maxLength={name === 'decision' ? 100 : 500}
        isRequired
        autoFocus={name === 'decision'}
        {...(name === 'decision' && { placeholder: t('inspection.mandate.decisionHint') })}
        onChange={(_event, value) => {
          change({ [name]: value });
        }}
      />
    </FormGroup>
  ));
  const days = (names: readonly ['periodFrom' | 'opensOn', 'periodTo' | 'expiresOn'], min?: string) => (
    <div className="sealpost-filter">
      {names.map((name, index) => (
        <DayField
          key={name}
          label={t(index === 0 ? 'common.from' : 'common.to')}
          value={given[name]}
          isRequired
          {...(min !== undefined && { min })}
          onChange={(value) => {
            change({ [name]: value });
          }}
        />
      ))}
    </div>
  );
  return (
    <FormDialog
      title={t('inspection.mandates.enter')}
      action={t('inspection.mandates.enter')}
      variant="medium"
      isReady={isWhole(given)}
      isPending={entering.isPending}
      onClose={onClose}
      onSend={() => {
        entering.act(undefined);
      }}
    >
      {texts}
      <FormGroup role="group" label={t('inspection.mandate.agencies')} isRequired>
        {agencies.length === 0 && <p className="sealpost-quiet">{t('inspection.mandate.noAgency')}</p>}
        {agencies.length > 0 && (
          <ul className="sealpost-rows">
            {agencies.map((agency) => (
              <li key={agency.id} className="sealpost-rows__line">
                <span className="sealpost-rows__name">{agency.name}</span>
                <Button
                  variant="link"
                  aria-label={`${t('common.remove')} ${agency.name}`}
                  onClick={() => {
                    change({ agencies: agencies.filter((other) => other.id !== agency.id) });
                  }}
                >
                  {t('common.remove')}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <Finder<Agency>
          label={t('inspection.mandate.findAgency')}
          hint={t('inspection.mandate.findAgencyHint')}
          pathOf={(typed) => `/agencies?q=${encodeURIComponent(typed)}`}
          nameOf={({ name }) => name}
          detailOf={({ code }) => code}
          chosen={new Set(agencies.map((agency) => agency.id))}
          onPick={({ id: agencyId, name }) => {
            change({ agencies: [...agencies, { id: agencyId, name }] });
          }}
        />
      </FormGroup>
      <Team
        team={given.team}
        onChange={(team) => {
          change({ team });
        }}
      />
      <FormGroup role="group" label={t('inspection.mandate.period')}>
        {days(['periodFrom', 'periodTo'])}
      </FormGroup>
      <FormGroup role="group" label={t('inspection.mandate.inForce')}>
        {days(['opensOn', 'expiresOn'], today())}
        <FormHelperText>
          <HelperText>
            <HelperTextItem>{t('inspection.mandate.inForceHint')}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
    </FormDialog>
  );
}

interface TeamProps {
  readonly team: readonly string[];
  readonly onChange: (team: readonly string[]) => void;
}

/** The inspectors of the own agency, to be ticked. */
function Team({ team, onChange }: TeamProps) {
  const { t } = useTranslation();
  const id = useId();
  const { data } = useQuery({
    queryKey: ['people', 'inspectors'],
    queryFn: ({ signal }) => get<Page<Colleague>>('/people?role=inspector', signal),
    staleTime: 60_000,
  });
  return (
    <FormGroup role="group" label={t('inspection.mandate.team')} isRequired>
      {data?.items.length === 0 && <p>{t('inspection.mandate.noInspector')}</p>}
      {data?.items.map(({ id: personId, fullName, posts }) => (
        <Checkbox
          key={personId}
          id={`${id}-${personId}`}
          label={fullName}
          description={posts.map(({ title }) => title).join(', ')}
          isChecked={team.includes(personId)}
          onChange={(_event, isMember) => {
            onChange(isMember ? [...team, personId] : team.filter((other) => other !== personId));
          }}
        />
      ))}
    </FormGroup>
  );
}

/** Whether the server has something to decide on; it says itself which days and agencies it refuses. */
function isWhole({ decision, subject, agencies, team, ...days }: Given): boolean {
  return (
    decision.trim().length >= 3 &&
    subject.trim().length >= 3 &&
    agencies.length > 0 &&
    team.length > 0 &&
    Object.values(days).every((day) => day !== '')
  );
}
