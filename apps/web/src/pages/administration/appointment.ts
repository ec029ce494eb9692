import type { Role } from '../../api/types';
import { today } from '../../formats/moments';
import type { Chosen } from './chosen';

export const roles: readonly Role[] = ['drafter', 'clerk', 'leader', 'inspector', 'administrator'];

/** An appointment as it is being entered; days `YYYY-MM-DD`, empty for none. */
export interface AppointmentDraft {
  readonly agency: Chosen | undefined;
  readonly postId: string;
  readonly roles: readonly Role[];
  readonly acting: boolean;
  readonly validFrom: string;
  readonly validTo: string;
}

export const newAppointment = (agency: Chosen): AppointmentDraft => ({
  agency,
  postId: '',
  roles: [],
  acting: false,
  validFrom: today(),
  validTo: '',
});

export const isWhole = ({ postId, validFrom }: AppointmentDraft): boolean =>
  postId !== '' && validFrom !== '';

/** As it is sent. */
export const appointmentBody = ({ agency: _, validTo, ...rest }: AppointmentDraft): object => ({
  ...rest,
  ...(validTo !== '' && { validTo }),
});
