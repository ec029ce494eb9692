import type { QueueDefinition } from '#platform';

/** Hands messages of one document to one node. Data: `DeliverJob`. */
export const deliverQueue = 'exchange.deliver';
/** Carries evidence C.3 and C.4 back to the sender. Data: `ReturnJob`. */
export const returnQueue = 'exchange.return';

export interface DeliverJob {
  readonly deliveryIds: readonly string[];
}

export interface ReturnJob {
  readonly evidenceReturnId: string;
}

/** Messages that one job carries at most: a document to thousands is spread over many workers. */
export const deliveriesPerJob = 16;

/**
 * Tries of a message are counted in its row, in step with what happened to it. The queue's own tries only
 * serve crashes of worker or database, which are nobody's fault.
 */
export const exchangeQueues: readonly QueueDefinition[] = [
  { name: deliverQueue, retryLimit: 50, retryDelay: 1, retryDelayMax: 30 },
  { name: returnQueue, retryLimit: 50, retryDelay: 1, retryDelayMax: 30 },
];
