import { useTranslation } from 'react-i18next';

import type { CertificateOwner, CertificateUse } from '../../api/types';
import { ChoiceField } from '../../parts/fields';
import type { Chosen } from './chosen';
import { ChosenAgency, ChosenPerson } from './chosen';

/** Whose a certificate or a key is, and what it is for, as it is being entered. */
export interface Owner {
  readonly kind: CertificateOwner['kind'];
  readonly chosen: Chosen | undefined;
  readonly use: CertificateUse;
}

export const nobody: Owner = { kind: 'person', chosen: undefined, use: 'signing' };

interface Props {
  readonly owner: Owner;
  /** What it may be for when an agency holds it; a person only signs. */
  readonly uses: readonly CertificateUse[];
  readonly onChange: (owner: Owner) => void;
}

const kinds: readonly Owner['kind'][] = ['person', 'agency'];

/** Asks whose it is. */
export function OwnerFields({ owner, uses, onChange }: Props) {
  const { t } = useTranslation();
  const Chooser = owner.kind === 'person' ? ChosenPerson : ChosenAgency;
  return (
    <>
      <ChoiceField
        label={t('administration.field.owner')}
        value={owner.kind}
        choices={kinds.map((value) => ({ value, label: t(`administration.field.${value}`) }))}
        onChange={(kind) => {
          onChange({ ...nobody, kind });
        }}
      />
      <Chooser
        label={t(`administration.field.${owner.kind}`)}
        chosen={owner.chosen}
        onChange={(chosen) => {
          onChange({ ...owner, chosen });
        }}
      />
      {owner.kind === 'agency' && (
        <ChoiceField
          label={t('administration.certificates.use')}
          value={owner.use}
          choices={uses.map((value) => ({ value, label: t(`administration.use.${value}`) }))}
          onChange={(use) => {
            onChange({ ...owner, use });
          }}
        />
      )}
    </>
  );
}
