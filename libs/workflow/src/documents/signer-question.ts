import type { Appointment, Body, Directory, Post } from '#directory';
import { isInForce } from '#directory';
import type { Tx } from '#platform';

import { WorkflowError } from '../errors';
import type { CapacityCode, SignerPost } from '../rules';
import type { DocumentRow } from './document-row';

/**
 * Whose signature a drafted document waits for, by post.
 *
 * @throws WorkflowError TRANSITION_NOT_ALLOWED of a copy, which nobody signs in person
 */
export function signatoryOf(row: DocumentRow): {
  readonly signerPostId: string;
  readonly capacity: CapacityCode;
} {
  const { signer_post_id: signerPostId, capacity_code: capacity } = row;
  if (signerPostId === null || capacity === null) throw new WorkflowError('TRANSITION_NOT_ALLOWED');
  return { signerPostId, capacity };
}

/**
 * What the rules of signing capacity need to know about a post, from the directory.
 *
 * @param today `YYYY-MM-DD` in Asia/Ho_Chi_Minh
 * @throws WorkflowError POST_NOT_FOUND; CAPACITY_NOT_ALLOWED for a post that has nothing to do with the body
 */
export async function signerPost(
  directory: Directory,
  tx: Tx,
  asked: {
    readonly postId: string;
    readonly capacity: CapacityCode;
    readonly body: Body;
    readonly today: string;
    /** Who is about to sign; left out while only the post is known. */
    readonly personId?: string;
  },
): Promise<SignerPost> {
  const { body, today, ...who } = asked;
  const post = await directory.post(asked.postId, tx);
  if (post === undefined || !isInForce(post, today)) throw new WorkflowError('POST_NOT_FOUND');
  const standing = await standingOf(directory, tx, { post, body, today });
  if (standing === undefined) throw new WorkflowError('CAPACITY_NOT_ALLOWED');
  return signerIn(standing, who);
}

/** A post as it stands towards a body, and who holds it. */
export interface Standing extends Omit<SignerPost, 'acting'> {
  readonly holders: readonly Appointment[];
}

/** Undefined for a post that has nothing to do with the body. */
export async function standingOf(
  directory: Directory,
  tx: Tx,
  { post, body, today }: { readonly post: Post; readonly body: Body; readonly today: string },
): Promise<Standing | undefined> {
  const place = placeOf(post, body);
  if (place === undefined) return undefined;
  const ownBody = place === 'issuing-body' ? body.id : post.bodyIds[0];
  const head =
    post.rank === 'head' || ownBody === undefined ? post : await directory.headPostOf(ownBody, today, tx);
  return {
    title: post.title,
    rank: post.rank,
    place,
    headTitle: head?.title ?? post.title,
    holders: await directory.holdersOf(post.id, today, tx),
  };
}

/** The post as the rules of one capacity ask for it. */
export function signerIn(
  { holders, ...post }: Standing,
  who: { readonly capacity: CapacityCode; readonly personId?: string },
): SignerPost {
  return { ...post, acting: isActing(holders, who) };
}

/** Of a post that several hold, whoever fits the capacity may sign; once the person is known, that one counts. */
function isActing(
  holders: readonly Pick<Appointment, 'personId' | 'acting'>[],
  { capacity, personId }: { readonly capacity: CapacityCode; readonly personId?: string },
): boolean {
  const asked = holders.filter((holder) => personId === undefined || holder.personId === personId);
  return capacity === 'Q'
    ? asked.some(({ acting }) => acting)
    : asked.length > 0 && asked.every(({ acting }) => acting);
}

function placeOf(post: Post, body: Body): SignerPost['place'] | undefined {
  if (post.bodyIds.includes(body.id)) return 'issuing-body';
  return post.byOrderOfBodyIds.includes(body.id) ? 'subordinate-unit' : undefined;
}
