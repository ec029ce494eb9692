import { Alert, List, ListItem } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../api/client';
import { ProblemError } from '../api/client';

/** What a refusal says, in the language of the page. */
export function problemText(problem: Problem, language: string): string {
  return problem.detail?.[language === 'en' ? 'en' : 'vi'] ?? problem.title;
}

/** What is wrong with which field, in the language of the page. */
export function faultTexts({ errors }: Problem, language: string): readonly string[] {
  return (errors ?? []).map((fault) => fault[language === 'en' ? 'en' : 'vi']);
}

/** A refusal in place: what happened, what to do, which fields; the code last and small. */
export function ProblemAlert({ error }: { readonly error: unknown }) {
  const { t, i18n } = useTranslation();
  if (!(error instanceof ProblemError))
    return (
      <Alert isInline variant="danger" title={t('shell.failed.title')}>
        {t('shell.failed.text')}
      </Alert>
    );
  const { problem } = error;
  const language = i18n.language === 'en' ? 'en' : 'vi';
  return (
    <Alert isInline variant="danger" title={t('shell.problem')} component="p" isLiveRegion>
      <p>{problemText(problem, language)}</p>
      {problem.errors && problem.errors.length > 0 && (
        <List>
          {problem.errors.map((fault) => (
            <ListItem key={`${fault.field} ${fault.code}`}>{fault[language]}</ListItem>
          ))}
        </List>
      )}
      <p className="sealpost-quiet">
        {t('common.code', { code: problem.code })}
        {problem.requestId && ` · ${t('common.request', { id: problem.requestId })}`}
      </p>
    </Alert>
  );
}
