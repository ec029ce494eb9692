import type { QueueDefinition } from '#platform';

/** Hands messages of one document to one node. Data: `DeliverJob`. */
export const deliverQueue = 'exchange.deliver';
/** Carries what a recipient states (C.3, C.4, X.04 to X.06) back to the sender. Data: `ReturnJob`. */
export const returnQueue = 'exchange.return';

/** Makes the copy with the ĐẾN stamp. Data: `StampJob`. */
export const stampQueue = 'incoming.stamp';

export interface DeliverJob {
  readonly deliveryIds: readonly string[];
}

export interface ReturnJob {
  readonly evidenceReturnId: string;
}

export interface StampJob {
  readonly incomingId: string;
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
  { name: stampQueue, retryLimit: 5, retryDelay: 5, retryDelayMax: 60 },
];
