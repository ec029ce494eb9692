import type { ComponentProps, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { send } from '../../api/client';
import { today } from '../../formats/moments';
import { useAct } from '../../parts/act';
import type { FormDialog } from '../../parts/form-dialog';
import { DayField } from '../../parts/when-fields';

interface Entry {
  /** Names the texts and the path below /admin. */
  readonly kind: 'bodies' | 'posts';
  readonly agencyId: string;
  /** The one that is changed; a new one without it. */
  readonly entered: { readonly id: string; readonly version: number } | undefined;
  readonly fields: object;
  readonly isWhole: boolean;
  readonly onClose: () => void;
}

/** Enters something that belongs to an agency from a day on, or changes it. */
export function useEntry({ kind, agencyId, entered, fields, isWhole, onClose }: Entry): {
  readonly dialog: Omit<ComponentProps<typeof FormDialog>, 'children'>;
  /** Asks from when on; a change leaves that as it was. */
  readonly from: ReactNode;
} {
  const { t } = useTranslation();
  const [validFrom, setValidFrom] = useState(today());
  const saving = useAct(
    () =>
      entered
        ? send('PATCH', `/admin/${kind}/${entered.id}`, fields, { version: entered.version })
        : send('POST', `/admin/${kind}`, { agencyId, ...fields, validFrom }),
    { done: t('administration.done.saved'), then: onClose },
  );
  return {
    dialog: {
      title: t(`administration.${kind}.${entered ? 'change' : 'add'}`),
      action: t(entered ? 'common.save' : 'administration.act.add'),
      variant: 'medium',
      isReady: isWhole && validFrom !== '',
      isPending: saving.isPending,
      onSend: () => {
        saving.act(undefined);
      },
      onClose,
    },
    from: !entered && (
      <DayField label={t('administration.field.from')} isRequired value={validFrom} onChange={setValidFrom} />
    ),
  };
}
