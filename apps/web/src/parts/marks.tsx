import { useTranslation } from 'react-i18next';

import type { Secrecy, Urgency } from '../api/types';

/** The red frame of an urgent document; nothing for an ordinary one. */
export function UrgencyMark({ urgency }: { readonly urgency: Urgency }) {
  const { t } = useTranslation();
  if (urgency === 0) return null;
  return <span className="sealpost-mark">{t(`marks.urgency.${urgency}`)}</span>;
}

/** The mark of a secret document, always with the Vietnamese word; nothing for an ordinary one. */
export function SecrecyMark({ secrecy }: { readonly secrecy: Secrecy }) {
  const { t } = useTranslation();
  if (secrecy === 'THUONG') return null;
  return <span className="sealpost-mark">{t(`marks.secrecy.${secrecy}`)}</span>;
}
