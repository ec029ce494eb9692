import { Label } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import type { AdministeredCertificate } from '../../api/types';

const dayLength = 86_400_000;
/** Days before the end from which one is warned: new certificates take weeks to come. */
const [urgent, soon] = [30, 90];

/** Whether a certificate can be used, in words and colour. */
export function CertificateState({ certificate }: { readonly certificate: AdministeredCertificate }) {
  const { t } = useTranslation();
  const { status, notBefore, notAfter } = certificate;
  const left = Date.parse(notAfter) - Date.now();
  if (status === 'withdrawn')
    return <Label color="grey">{t('administration.certificates.state.withdrawn')}</Label>;
  if (left < 0) return <Label color="red">{t('administration.certificates.state.expired')}</Label>;
  if (Date.parse(notBefore) > Date.now())
    return <Label color="blue">{t('administration.certificates.state.coming')}</Label>;
  const days = Math.floor(left / dayLength);
  if (days > soon) return <Label color="green">{t('administration.certificates.state.good')}</Label>;
  return (
    <Label color={days > urgent ? 'yellow' : 'orange'}>
      {t('administration.certificates.days', { count: days })}
    </Label>
  );
}
