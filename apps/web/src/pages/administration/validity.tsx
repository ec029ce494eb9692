import { Label } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

import type { Validity as Valid } from '../../api/types';
import { day, today } from '../../formats/moments';

type Standing = 'coming' | 'current' | 'ended';

const colours = { coming: 'blue', current: 'green', ended: 'grey' } as const;

export function standingOf({ validFrom, validTo }: Valid): Standing {
  const now = today();
  if (validTo !== null && validTo <= now) return 'ended';
  return validFrom > now ? 'coming' : 'current';
}

/** Whether something is in force, in words and colour, and from when to when. */
export function Validity({ of: valid }: { readonly of: Valid }) {
  const { t } = useTranslation();
  const standing = standingOf(valid);
  const from = day(valid.validFrom);
  return (
    <span className="sealpost-validity">
      <Label color={colours[standing]}>{t(`administration.validity.${standing}`)}</Label>{' '}
      <span className="sealpost-quiet">
        {valid.validTo === null
          ? t('administration.validity.from', { from })
          : t('administration.validity.fromTo', { from, to: day(valid.validTo) })}
      </span>
    </span>
  );
}
