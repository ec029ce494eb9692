import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AdministeredAgency } from '../../api/types';
import type { Chosen } from './chosen';
import { ChosenSuccessor } from './chosen';
import { EndDialog } from './end-dialog';

interface Props {
  readonly agency: AdministeredAgency;
  readonly onClose: () => void;
}

/** Ends an agency, with the one that receives what arrives for it from then on. */
export function EndAgency({ agency, onClose }: Props) {
  const { t } = useTranslation();
  const [successor, setSuccessor] = useState<Chosen>();
  return (
    <EndDialog
      title={t('administration.agencies.endTitle', { name: agency.name })}
      note={t('administration.agencies.endNote')}
      path={`agencies/${agency.id}`}
      version={agency.version}
      {...(successor && { more: { successorId: successor.id } })}
      onClose={onClose}
    >
      <ChosenSuccessor
        label={t('administration.agencies.successor')}
        chosen={successor}
        onChange={setSuccessor}
      />
    </EndDialog>
  );
}
