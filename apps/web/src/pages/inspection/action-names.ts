import type { AuditAction } from '../../api/types';
import { actions } from '../../i18n/vi/actions';

/** Everything that the trail can say, as the texts have it: their type lets none be missing. */
export const auditActions: readonly AuditAction[] = Object.entries(actions).flatMap(([subject, events]) =>
  Object.keys(events).map((event) => `${subject}.${event}` as AuditAction),
);
