import { useTranslation } from 'react-i18next';

import type { vi } from '../../i18n/vi';
import { inspection } from '../../i18n/vi/inspection';

type Known = keyof (typeof vi)['inspection']['fact'];

/** What a small fact of an entry is called; one that has no name here yet is called as the entry calls it. */
export function useFactName(): (fact: string) => string {
  const { t } = useTranslation();
  return (fact) => (isKnown(fact) ? t(`inspection.fact.${fact}`) : fact);
}

function isKnown(fact: string): fact is Known {
  return Object.hasOwn(inspection.fact, fact);
}
