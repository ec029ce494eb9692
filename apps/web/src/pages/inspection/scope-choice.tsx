import {
  Alert,
  EmptyState,
  EmptyStateBody,
  FormGroup,
  FormSelect,
  FormSelectOption,
} from '@patternfly/react-core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import { day } from '../../formats/moments';
import { ProblemAlert } from '../../parts/problem-alert';
import { useAddress } from '../../parts/use-address';
import { own, type Scope } from './use-scope';

/** The mandate under which one looks, and one of its agencies; says what to do where there is none. */
export function ScopeChoice({ scope }: { readonly scope: Scope }) {
  const { t } = useTranslation();
  const { change } = useAddress();
  const id = useId();
  const { mandates, mandate, chosen, agencyId, error } = scope;
  if (error !== null) return <ProblemAlert error={error} />;
  if (mandates === undefined) return null;
  return (
    <section className="sealpost-stack" aria-label={t('inspection.scope.label')}>
      {mandates.length === 0 && (
        <Alert isInline variant="info" component="h2" title={t('inspection.scope.none.title')}>
          <p>{t('inspection.scope.none.text')}</p>
          <Link href="/mandates">{t('inspection.scope.none.link')}</Link>
        </Alert>
      )}
      <div className="sealpost-inspection__scope">
        <FormGroup label={t('inspection.scope.under')} fieldId={`${id}-mandate`}>
          <FormSelect
            id={`${id}-mandate`}
            value={chosen}
            onChange={(_event, value) => {
              // People, documents and agencies of one mandate mean nothing under another.
              change({ mandate: value, agency: '', document: '', person: '' });
            }}
          >
            <FormSelectOption value="" label={t('inspection.scope.choose')} />
            {mandates.map(({ id: each, decision, expiresOn }) => (
              <FormSelectOption
                key={each}
                value={each}
                label={t('inspection.scope.mandate', { decision, day: day(expiresOn) })}
              />
            ))}
            {chosen !== '' && chosen !== own && mandate === undefined && (
              <FormSelectOption value={chosen} label={t('inspection.scope.over')} />
            )}
            <FormSelectOption value={own} label={t('inspection.scope.own')} />
          </FormSelect>
        </FormGroup>
        {mandate && mandate.agencies.length > 1 && (
          <FormGroup label={t('inspection.scope.agency')} fieldId={`${id}-agency`}>
            <FormSelect
              id={`${id}-agency`}
              value={agencyId}
              onChange={(_event, agency) => {
                change({ agency });
              }}
            >
              <FormSelectOption value="" label={t('inspection.scope.allAgencies')} />
              {mandate.agencies.map(({ id: each, name }) => (
                <FormSelectOption key={each} value={each} label={name} />
              ))}
            </FormSelect>
          </FormGroup>
        )}
      </div>
      {mandate && (
        <p className="sealpost-quiet">
          {t('inspection.scope.terms', {
            subject: mandate.subject,
            from: day(mandate.periodFrom),
            to: day(mandate.periodTo),
          })}
        </p>
      )}
      {chosen === '' && (
        <EmptyState variant="sm" headingLevel="h2" titleText={t('inspection.scope.start.title')}>
          <EmptyStateBody>{t('inspection.scope.start.text')}</EmptyStateBody>
        </EmptyState>
      )}
    </section>
  );
}
