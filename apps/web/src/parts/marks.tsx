import { Label } from '@patternfly/react-core';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';

import type { DeliveryState, DocumentState, Secrecy, Urgency } from '../api/types';

/** The red frame of an urgent document; nothing for an ordinary one. */
export function UrgencyMark({ urgency }: { readonly urgency: Urgency }) {
  const { t } = useTranslation();
  if (urgency === 0) return null;
  return <span className="sealpost-mark">{t(`marks.urgency.${urgency}`)}</span>;
}

/** The mark of a secret document, always with the Vietnamese word; nothing for an ordinary one. */
export function SecrecyMark({ secrecy }: { readonly secrecy: Secrecy }) {
  const { t } = useTranslation();
  if (secrecy === 'THUONG') return null;
  return <span className="sealpost-mark">{t(`marks.secrecy.${secrecy}`)}</span>;
}

type Colour = NonNullable<ComponentProps<typeof Label>['color']>;

const outgoingColours: Readonly<Record<DocumentState, Colour>> = {
  DRAFT: 'grey',
  IN_REVIEW: 'blue',
  RETURNED: 'orange',
  APPROVED: 'teal',
  PERSON_SIGNED: 'teal',
  NUMBERED: 'purple',
  AGENCY_SIGNED: 'purple',
  ISSUED: 'green',
  CANCELLED: 'grey',
  RECALLED: 'red',
  REPLACED: 'orange',
  CORRECTED: 'yellow',
};

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

export function DeliveryStateMark({ state }: { readonly state: DeliveryState }) {
  const { t } = useTranslation();
  return <Label color={deliveryColours[state]}>{t(`marks.deliveryState.${state}`)}</Label>;
}
