import type { Agency } from '#directory';
import type { Role } from '#platform';
import type { PolicyName } from '../policies/policy-names';
import type { Preferences } from '../preferences/preferences';
import type { NamedOffice } from './offices';

/** What a page needs to know about its session. */
export interface SessionAnswer {
  /** Who is logged in, in the office acted in. */
  readonly person: NamedOffice & { readonly id: string };
  /** The agency of that office. */
  readonly agency: Pick<Agency, 'id' | 'code' | 'name' | 'shortName' | 'symbol' | 'bloc' | 'level' | 'place'>;
  /** All that the person holds today, the one acted in among them. */
  readonly offices: readonly OfficeChoice[];
  /** Everything these roles may ask for; the page shows no more than that. */
  readonly policies: readonly PolicyName[];
  readonly keys: {
    /** The person's own signing key on this node; null without one. */
    readonly personal: KeyState | null;
    /** The agency's, for whoever applies the agency signature. */
    readonly agency: KeyState | null;
  };
  readonly account: {
    readonly loginName: string;
    /** Whether nothing else is allowed before the password given by an administrator is changed. */
    readonly mustChangePassword: boolean;
    /** When this person logged in before this session, ISO 8601; null at the first time. */
    readonly previousLoginAt: string | null;
  };
  readonly preferences: Preferences;
  /** To be repeated in `X-CSRF-Token` by every request that changes something. */
  readonly csrfToken: string;
  /** When the session ends at the latest, ISO 8601. */
  readonly expiresAt: string;
}

export interface OfficeChoice {
  readonly appointmentId: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly postId: string;
  readonly postTitle: string;
  readonly roles: readonly Role[];
  readonly acting: boolean;
  /** `YYYY-MM-DD`, the first day on which it is held no longer; null without end. */
  readonly validTo: string | null;
  readonly current: boolean;
}

export interface KeyState {
  readonly id: string;
  readonly state: 'ready' | 'locked' | 'expired';
  /** End of the certificate's validity, ISO 8601. */
  readonly expiresAt: string;
}
