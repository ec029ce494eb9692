import { appointmentColumns, postColumns, validOn } from './columns';
import type { Appointment, Post } from './model';

/** An appointment with the post it is to. */
export interface HeldPost extends Appointment {
  readonly post: Post;
}

/**
 * SELECT that answers `HeldPost`s in force on a day, none in an agency that has ended by then; for use in statements
 * of this lib and of those above it.
 *
 * @param condition on the appointment, which is named `a`
 * @param day place of a parameter, `$2`
 */
export function heldPosts(condition: string, day: string): string {
  return `
    SELECT ${appointmentColumns('a')}, (SELECT to_jsonb(post) FROM (SELECT ${postColumns('p')}) AS post) AS post
    FROM directory.appointment a JOIN directory.post p ON p.id = a.post_id
    JOIN directory.agency g ON g.id = a.agency_id
    WHERE ${condition} AND ${validOn('a', day)} AND ${validOn('g', day)}`;
}
