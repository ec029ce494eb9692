import { Label } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import type { AuditAction, HistoryEntry } from '../../api/types';

/** Who acted: a person with post and agency, or which program. */
export function Who({ actor }: Pick<HistoryEntry, 'actor'>) {
  const { t } = useTranslation();
  const { kind, fullName, postTitle, agencyName, program } = actor;
  const name =
    kind === 'person'
      ? (fullName ?? t('inspection.actor.person'))
      : t(`inspection.actor.${kind}`, { program: program ?? '' });
  const office = [postTitle, agencyName].filter((part) => part !== null).join(' · ');
  return (
    <>
      {name}
      {office !== '' && <div className="sealpost-quiet sealpost-inspection__office">{office}</div>}
    </>
  );
}

/** What was done, and how it ended where it was not done. */
export function What({ entry }: { readonly entry: Pick<HistoryEntry, 'action' | 'outcome' | 'code'> }) {
  const { t } = useTranslation();
  const { action, outcome, code } = entry;
  return (
    <>
      <strong>{t(`actions.${action}`)}</strong>
      {outcome !== 'success' && (
        <>
          {' '}
          <Label color={outcome === 'denied' ? 'red' : 'orange'}>{t(`inspection.outcome.${outcome}`)}</Label>
        </>
      )}
      {code !== null && <div className="sealpost-quiet sealpost-inspection__code">{code}</div>}
    </>
  );
}

/** Names of actions for a select, as the language of the page sorts them. */
export function useActionNames(
  actions: readonly AuditAction[],
): readonly { readonly action: AuditAction; readonly name: string }[] {
  const { t, i18n } = useTranslation();
  return actions
    .map((action) => ({ action, name: t(`actions.${action}`) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, i18n.language));
}

/** Names of the rules that an entry fits. */
export function flagNames(flags: HistoryEntry['flags'], language: string): string {
  return flags.map(({ vi, en }) => (language === 'en' ? en : vi)).join(' · ');
}
