import { useTranslation } from 'react-i18next';

import { useHighestSecrecy } from './secrecy';

/** Across the top of every page: the highest secrecy on the screen in words and colour, and what the keys are. */
export function SecrecyBanner() {
  const { t } = useTranslation();
  const secrecy = useHighestSecrecy();
  return (
    <div
      role="region"
      aria-label={t('marks.secrecy.label')}
      className={`sealpost-secrecy sealpost-secrecy--${secrecy}`}
    >
      <span role="status">
        {t('marks.secrecyOnScreen', { secrecy: t(`marks.secrecy.${secrecy}`).toLocaleUpperCase('vi') })}
      </span>
      <span>{t('shell.demo')}</span>
    </div>
  );
}
