import type { Actor } from '#platform';
import { isId } from '#platform';
import type { CanonicalValue } from '#translog';
import { canonicalBytes, parseCanonicalBytes } from '#translog';
import type { AuditAction } from './actions';
import { isAuditAction } from './actions';
import type { AuditEvent, AuditOutcome } from './audit-event';
import { auditOutcomes } from './audit-event';
import { AuditError } from './errors';

/** Bytes of one entry may not exceed this; the table checks it too. */
export const maxEntryBytes = 64 * 1024;

/** The salt keeps a redacted export from being guessed: 16 random bytes, written in hex. */
export const saltBytes = 16;

/** Who acted, as kept in the bytes. Absent members are absent, never null. */
interface EntryActor {
  readonly kind: Actor['kind'];
  readonly person?: string;
  readonly agency?: string;
  readonly post?: string;
  readonly session?: string;
  readonly service?: string;
  readonly node?: string;
  /** SHA-256 of the transport certificate, hex. */
  readonly certificate?: string;
  /** IPv4 or IPv6 address. */
  readonly address?: string;
  readonly request: string;
}

/** One entry of the trail, format version 1. Its canonical JSON (RFC 8785) is what is kept. */
export interface EntryV1 {
  readonly v: 1;
  readonly salt: string;
  /** UTC with milliseconds, `2026-11-21T07:05:09.123Z`. */
  readonly at: string;
  readonly actor: EntryActor;
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  readonly agency?: string;
  /** Another agency that it concerns. */
  readonly concerns?: string;
  readonly document?: string;
  readonly subject?: { readonly type: string; readonly id: string };
  readonly reason?: string;
  readonly code?: string;
  readonly before?: string;
  readonly after?: string;
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

/** The columns the trail is searched by. They repeat what the bytes say and are checked against them. */
export interface EntryProjections {
  readonly at: string;
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  readonly personId: string | null;
  readonly agencyId: string | null;
  readonly documentId: string | null;
  readonly concernedAgencyId: string | null;
}

export function composeEntry(actor: Actor, event: AuditEvent, at: Date, salt: Uint8Array): EntryV1 {
  const { action, outcome, agencyId, concernedAgencyId, documentId, subject, reason, code } = event;
  const { before, after, details } = event;
  return {
    v: 1,
    salt: Buffer.from(salt).toString('hex'),
    at: at.toISOString(),
    actor: composeActor(actor),
    action,
    outcome,
    ...(agencyId !== undefined && { agency: wellFormed(agencyId) }),
    ...(concernedAgencyId !== undefined && { concerns: wellFormed(concernedAgencyId) }),
    ...(documentId !== undefined && { document: wellFormed(documentId) }),
    ...(subject !== undefined && { subject: { type: subject.type, id: wellFormed(subject.id) } }),
    ...(reason !== undefined && { reason: wellFormed(reason) }),
    ...(code !== undefined && { code }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(details !== undefined && { details: wellFormedDetails(details) }),
  };
}

/** @throws AuditError `AUDIT_ENTRY_INVALID` when the entry is not of the format or too large */
export function encodeEntry(entry: EntryV1): Uint8Array<ArrayBuffer> {
  const fault = faultOf(entry);
  if (fault) throw new AuditError('AUDIT_ENTRY_INVALID', `The entry cannot be written: ${fault}.`);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = canonicalBytes(entry);
  } catch (cause) {
    throw new AuditError('AUDIT_ENTRY_INVALID', 'The entry cannot be written as canonical JSON.', { cause });
  }
  if (bytes.length > maxEntryBytes) {
    throw new AuditError(
      'AUDIT_ENTRY_INVALID',
      `The entry has ${bytes.length} bytes; ${maxEntryBytes} are allowed.`,
    );
  }
  return bytes;
}

/** @throws AuditError `AUDIT_ENTRY_DAMAGED` when the bytes are not an entry of a known version */
export function decodeEntry(bytes: Uint8Array): EntryV1 {
  if (bytes.length > maxEntryBytes) throw new AuditError('AUDIT_ENTRY_DAMAGED', 'The entry is too large.');
  let value: CanonicalValue;
  try {
    value = parseCanonicalBytes(bytes);
  } catch (cause) {
    throw new AuditError('AUDIT_ENTRY_DAMAGED', 'The bytes are not canonical JSON.', { cause });
  }
  const fault = faultOf(value);
  if (fault)
    throw new AuditError('AUDIT_ENTRY_DAMAGED', `The bytes are not an entry of version 1: ${fault}.`);
  return value as unknown as EntryV1;
}

/** An id that is not a UUID (a path somebody made up) stays in the bytes and out of the column. */
export function projectionsOf(entry: EntryV1): EntryProjections {
  return {
    at: entry.at,
    action: entry.action,
    outcome: entry.outcome,
    personId: idOrNull(entry.actor.person),
    agencyId: idOrNull(entry.agency ?? entry.actor.agency),
    documentId: idOrNull(entry.document),
    concernedAgencyId: idOrNull(entry.concerns),
  };
}

function idOrNull(value: string | undefined): string | null {
  return isId(value) ? value.toLowerCase() : null;
}

function composeActor(actor: Actor): EntryActor {
  switch (actor.kind) {
    case 'person':
      return {
        kind: 'person',
        person: actor.personId,
        agency: actor.agencyId,
        ...(actor.postId !== null && { post: actor.postId }),
        session: actor.sessionId,
        address: actor.ip,
        request: actor.requestId,
      };
    case 'system':
      return {
        kind: 'system',
        service: actor.service,
        ...(actor.agencyId !== undefined && { agency: actor.agencyId }),
        request: actor.requestId,
      };
    case 'node':
      return {
        kind: 'node',
        node: actor.nodeId,
        certificate: actor.certificateThumbprint,
        address: actor.ip,
        request: actor.requestId,
      };
    case 'anonymous':
      return { kind: 'anonymous', address: actor.ip, request: actor.requestId };
  }
}

/** Text from outside may hold half a surrogate pair; that must not keep an entry from being written. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}

function wellFormedDetails(details: NonNullable<AuditEvent['details']>): NonNullable<EntryV1['details']> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      wellFormed(name),
      typeof value === 'string' ? wellFormed(value) : value,
    ]),
  );
}

type Check = (value: unknown) => boolean;
const text: Check = (value) => typeof value === 'string';
const digest: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const scalar: Check = (value) =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value);

/** Exactly these members and no others. */
const members = (checks: Readonly<Record<string, Check>>): Check => {
  return (value) =>
    isRecord(value) &&
    Object.keys(value).every((name) => Object.hasOwn(checks, name)) &&
    Object.entries(checks).every(([name, check]) => check(value[name]));
};

const entryMembers: Readonly<Record<keyof EntryV1, Check>> = {
  v: (value) => value === 1,
  salt: (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value),
  at: (value) => typeof value === 'string' && isInstant(value),
  actor: members({
    kind: (value) => value === 'person' || value === 'system' || value === 'node' || value === 'anonymous',
    person: optional(text),
    agency: optional(text),
    post: optional(text),
    session: optional(text),
    service: optional(text),
    node: optional(text),
    certificate: optional(text),
    address: optional(text),
    request: text,
  }),
  action: isAuditAction,
  outcome: (value) => auditOutcomes.some((outcome) => outcome === value),
  agency: optional(text),
  concerns: optional(text),
  document: optional(text),
  subject: optional(members({ type: text, id: text })),
  reason: optional(text),
  code: optional(text),
  before: optional(digest),
  after: optional(digest),
  details: optional((value) => isRecord(value) && Object.values(value).every(scalar)),
};

/** What keeps a value from being an entry of version 1; undefined when nothing does. */
function faultOf(value: unknown): string | undefined {
  if (!isRecord(value)) return 'it is not an object';
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(entryMembers, name));
  if (unknown !== undefined) return `unknown member ${unknown}`;
  const wrong = Object.entries(entryMembers).find(([name, check]) => !check(value[name]));
  return wrong ? `member ${wrong[0]} is missing or wrong` : undefined;
}

function isInstant(value: string): boolean {
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString() === value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
