import type { TFunction } from 'i18next';

import type { AdministeredCertificate } from '../../api/types';
import { moment } from '../../formats/moments';
import type { Column } from '../../parts/item-table';

type Held = Pick<AdministeredCertificate, 'owner' | 'use'>;

/** Who holds a certificate or a key, what for, and until when. */
export function holdingColumns<T extends Held>(
  t: TFunction,
  certificateOf: (item: T) => Pick<AdministeredCertificate, 'notAfter'>,
): readonly Column<T>[] {
  return [
    { key: 'owner', title: t('administration.field.owner'), cell: ({ owner }) => owner.name },
    {
      key: 'use',
      title: t('administration.certificates.use'),
      cell: ({ use }) => t(`administration.use.${use}`),
    },
    {
      key: 'validTo',
      title: t('administration.certificates.validTo'),
      cell: (item) => <span className="sealpost-number">{moment(certificateOf(item).notAfter)}</span>,
    },
  ];
}
