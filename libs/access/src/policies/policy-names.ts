/** Everything a route or use case may ask leave for. One list, used by routes, policies and tests. */
export const policyNames = [
  'audit.read',
  'dead-letter.read',
  'dead-letter.resend',
  'directory.administer',
  'directory.read',
  'document.agency-sign',
  'document.approve',
  'document.cancel',
  'document.change-signer',
  'document.create',
  'document.dispatch',
  'document.edit',
  'document.issue',
  'document.list',
  'document.number',
  'document.place',
  'document.read',
  'document.read-form',
  'document.review',
  'document.search',
  'document.sign',
  'document.withdraw',
  'evidence.read',
  'incoming.accept',
  'incoming.enter',
  'incoming.handle',
  'incoming.instruct',
  'incoming.read',
  'incoming.refuse',
  'incoming.submit',
  'incoming.take-back',
  'incoming.verify',
  'key.read',
  'key.release',
  'monitor.read',
  'node.read',
  'notice.read',
  'recipient-group.change',
  'recipient-group.read',
  'register.close',
  'register.read',
  'session.change',
  'session.close',
  'session.read',
  'signing.operate',
  'statistics.read',
  'transport.receive',
] as const;

export type PolicyName = (typeof policyNames)[number];

const known: ReadonlySet<string> = new Set(policyNames);

export function isPolicyName(value: string): value is PolicyName {
  return known.has(value);
}
