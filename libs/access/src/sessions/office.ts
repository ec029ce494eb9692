import type { Role } from '#platform';

/** The post through which a person acts: where, in which bodies, with which roles. */
export interface Office {
  readonly appointmentId: string;
  readonly personId: string;
  readonly fullName: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly postId: string;
  readonly postTitle: string;
  readonly bodyIds: readonly string[];
  readonly roles: readonly Role[];
}
