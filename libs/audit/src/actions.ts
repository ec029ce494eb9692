/**
 * The closed set of what the trail can say. An action is never renamed or removed, because entries are
 * kept for ever; new ones are added in alphabetical order.
 */
export const auditActions = [
  'access.denied',
  'audit.read',
  'delivery.accepted',
  'delivery.arrived',
  'delivery.dead_lettered',
  'delivery.evidence_received',
  'delivery.read',
  'delivery.refused',
  'delivery.resent',
  'delivery.sent',
  'delivery.verified',
  'directory.changed',
  'directory.read',
  'document.agency_signature_failed',
  'document.agency_signed',
  'document.approved',
  'document.cancelled',
  'document.created',
  'document.file_added',
  'document.file_read',
  'document.file_refused',
  'document.initialled',
  'document.issued',
  'document.listed',
  'document.numbered',
  'document.person_signed',
  'document.read',
  'document.returned',
  'document.signing_prepared',
  'document.submitted',
  'evidence.exported',
  'key.imported',
  'key.listed',
  'key.locked',
  'key.pin_refused',
  'key.released',
  'key.unlocked',
  'operation.backup',
  'operation.restore',
  'register.exported',
  'register.read',
  'register.volume_closed',
  'request.refused',
  'session.closed',
  'session.office_changed',
  'session.opened',
  'session.preferences_changed',
  'session.refused',
  'transport.refused',
] as const;

export type AuditAction = (typeof auditActions)[number];

const known: ReadonlySet<string> = new Set(auditActions);

export function isAuditAction(value: unknown): value is AuditAction {
  return typeof value === 'string' && known.has(value);
}
