import { Label } from '@patternfly/react-core';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';

import type { MandateView } from '../../api/types';

const colours: Readonly<Record<MandateView['state'], NonNullable<ComponentProps<typeof Label>['color']>>> = {
  entered: 'orange',
  coming: 'blue',
  open: 'green',
  over: 'grey',
  closed: 'grey',
};

export function MandateState({ state }: Pick<MandateView, 'state'>) {
  const { t } = useTranslation();
  return <Label color={colours[state]}>{t(`inspection.mandates.state.${state}`)}</Label>;
}
