import type { Body, Directory, Post } from '#directory';
import { isInForce } from '#directory';
import type { Tx } from '#platform';

import { WorkflowError } from '../errors';
import type { CapacityCode, SignerPost } from '../rules';

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
  },
): Promise<SignerPost> {
  const { body, today } = asked;
  const post = await directory.post(asked.postId, tx);
  if (post === undefined || !isInForce(post, today)) throw new WorkflowError('POST_NOT_FOUND');
  const place = placeOf(post, body);
  if (place === undefined) throw new WorkflowError('CAPACITY_NOT_ALLOWED');
  const ownBody = place === 'issuing-body' ? body.id : post.bodyIds[0];
  const head =
    post.rank === 'head' || ownBody === undefined ? post : await directory.headPostOf(ownBody, today, tx);
  return {
    title: post.title,
    rank: post.rank,
    place,
    headTitle: head?.title ?? post.title,
    acting:
      asked.capacity === 'Q' && (await directory.holdersOf(post.id, today, tx)).some(({ acting }) => acting),
  };
}

function placeOf(post: Post, body: Body): SignerPost['place'] | undefined {
  if (post.bodyIds.includes(body.id)) return 'issuing-body';
  return post.byOrderOfBodyIds.includes(body.id) ? 'subordinate-unit' : undefined;
}
