/**
 * Who is acting. Every unit of work, every audit entry and every policy decision names one.
 */
export const roles = ['drafter', 'clerk', 'leader', 'inspector', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** A person with an open session, acting for one agency. */
export interface PersonActor {
  readonly kind: 'person';
  readonly personId: string;
  readonly agencyId: string;
  /** Bodies of the agency the person serves in (a committee, an office). */
  readonly bodyIds: readonly string[];
  readonly postId: string | null;
  readonly roles: readonly Role[];
  readonly sessionId: string;
  readonly ip: string;
  readonly requestId: string;
  /** Logged in with a password that somebody else gave: it must be changed before anything else. */
  readonly mustChangePassword?: true;
}

/** The node itself: a worker, the seeding of demo data, an operation from the command line. */
export interface SystemActor {
  readonly kind: 'system';
  /** `worker`, `seed`, `backup`, … */
  readonly service: string;
  /** The agency on whose behalf the work is done, where there is one. */
  readonly agencyId?: string;
  readonly requestId: string;
}

/** Another node, known by its transport certificate. */
export interface NodeActor {
  readonly kind: 'node';
  readonly nodeId: string;
  /** SHA-256 of the certificate, lower-case hex. */
  readonly certificateThumbprint: string;
  readonly ip: string;
  readonly requestId: string;
}

/** Nobody known (yet): before login, or without a valid session. */
export interface AnonymousActor {
  readonly kind: 'anonymous';
  readonly ip: string;
  readonly requestId: string;
}

export type Actor = PersonActor | SystemActor | NodeActor | AnonymousActor;
