import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

import type { AdministeredCertificate } from '../../api/types';
import { EndlessList } from '../../parts/endless-list';
import { ReasonedAct } from '../../parts/reasoned-act';
import { query, useAddress } from '../../parts/use-address';
import { Administration } from './administration';
import { CertificateState } from './certificate-state';
import { Forecast } from './forecast';
import { holdingColumns } from './holding-columns';
import { ImportCertificate } from './import-certificate';

/** Days within which certificates expire. */
const horizons = ['30', '60', '90'] as const;

/** Certificates of the administered agencies and their people, and who will not be able to sign. */
export default function CertificatesPage() {
  const { t } = useTranslation();
  const asked = useAddress().value('expiring');
  const expiring = horizons.find((days) => days === asked) ?? '';
  const [isImporting, setImporting] = useState(false);
  const [withdrawn, setWithdrawn] = useState<AdministeredCertificate>();
  const title = t('administration.certificates.title');
  return (
    <Administration
      part="certificates"
      title={title}
      lead={t('administration.certificates.lead')}
      actions={
        <Button
          onClick={() => {
            setImporting(true);
          }}
        >
          {t('administration.certificates.import')}
        </Button>
      }
    >
      <Forecast />
      <nav className="sealpost-choices" aria-label={t('administration.certificates.filter')}>
        {(['', ...horizons] as const).map((days) => (
          <Link
            key={days}
            href={`/administration/certificates${query({ expiring: days })}`}
            aria-current={days === expiring ? 'page' : undefined}
          >
            {days === ''
              ? t('administration.certificates.all')
              : t('administration.certificates.within', { count: Number(days) })}
          </Link>
        ))}
      </nav>
      <EndlessList<AdministeredCertificate>
        path={`/admin/certificates${query({ expiring })}`}
        label={title}
        empty={t('administration.certificates.empty')}
        idOf={({ id }) => id}
        columns={[
          ...holdingColumns<AdministeredCertificate>(t, (certificate) => certificate),
          {
            key: 'state',
            title: t('common.state'),
            cell: (certificate) => <CertificateState certificate={certificate} />,
          },
          {
            key: 'serial',
            title: t('administration.certificates.serial'),
            cell: ({ serialNumber }) => <code className="sealpost-serial">{serialNumber}</code>,
          },
          {
            key: 'withdraw',
            title: t('administration.certificates.withdraw'),
            cell: (certificate) =>
              certificate.status === 'active' && (
                <Button
                  variant="link"
                  isInline
                  isDanger
                  aria-label={t('administration.certificates.withdrawTitle', {
                    name: certificate.owner.name,
                  })}
                  onClick={() => {
                    setWithdrawn(certificate);
                  }}
                >
                  {t('administration.certificates.withdraw')}
                </Button>
              ),
          },
        ]}
      />
      {isImporting && (
        <ImportCertificate
          onClose={() => {
            setImporting(false);
          }}
        />
      )}
      {withdrawn && (
        <ReasonedAct
          path={`/admin/certificates/${withdrawn.id}/withdraw`}
          done={t('administration.certificates.withdrawn')}
          title={t('administration.certificates.withdrawTitle', { name: withdrawn.owner.name })}
          description={t('administration.certificates.withdrawNote')}
          action={t('administration.certificates.withdraw')}
          hint={t('administration.account.reasonHint')}
          isDanger
          onClose={() => {
            setWithdrawn(undefined);
          }}
        />
      )}
    </Administration>
  );
}
