import { Label } from '@patternfly/react-core';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';

import type { DeliveryState, DocumentState } from '../api/types';

type Colour = NonNullable<ComponentProps<typeof Label>['color']>;

const outgoingColours: Readonly<Record<DocumentState, Colour>> = {
  DRAFT: 'grey',
  IN_REVIEW: 'blue',
  RETURNED: 'orange',
  APPROVED: 'teal',
  PERSON_SIGNED: 'teal',
  COPIED: 'teal',
  NUMBERED: 'purple',
  AGENCY_SIGNED: 'purple',
  ISSUED: 'green',
  CANCELLED: 'grey',
  RECALLED: 'red',
  REPLACED: 'orange',
  CORRECTED: 'yellow',
};

/** Where an outgoing document stands, in words and colour. */
export function OutgoingState({ state }: { readonly state: DocumentState }) {
  const { t } = useTranslation();
  return <Label color={outgoingColours[state]}>{t(`marks.outgoingState.${state}`)}</Label>;
}

const deliveryColours: Readonly<Record<DeliveryState, Colour>> = {
  QUEUED: 'grey',
  SENT: 'blue',
  '01': 'blue',
  '02': 'red',
  '03': 'green',
  '04': 'green',
  '05': 'green',
  '06': 'green',
  NON_DELIVERED: 'red',
};

/** How far a document came on its way to one recipient. */
export function DeliveryStateMark({ state }: { readonly state: DeliveryState }) {
  const { t } = useTranslation();
  return <Label color={deliveryColours[state]}>{t(`marks.deliveryState.${state}`)}</Label>;
}
