import { canonicalBytes } from '#translog';

import type { DocumentIdentity, FileDigest, Party } from '../statements/parties';
import { readFileDigest, readIdentity, readParty } from '../statements/parties';
import type { JsonRecord } from '../statements/shape';
import {
  canonicalValue,
  countOf,
  dayOf,
  digestOf,
  idOf,
  instantOf,
  listOf,
  malformed,
  oneOf,
  recordOf,
  textOf,
} from '../statements/shape';

/**
 * Events of ETSI EN 319 522-1 §6 that this version states, with the status that the national axis's
 * implementations number them by (practice, not law) and the side that states them. What ETSI has no event for is
 * ours: X and the number of the status.
 */
export const evidenceEvents = {
  'A.1': { name: 'SUBMISSION_ACCEPTED', status: '00', statedBy: 'sender' },
  'D.1': { name: 'CONTENT_CONSIGNED', status: '01', statedBy: 'recipient' },
  'D.2': { name: 'CONTENT_CONSIGNMENT_FAILED', status: null, statedBy: 'recipient' },
  'C.3': { name: 'CONSIGNMENT_ACCEPTED', status: '03', statedBy: 'recipient' },
  'C.4': { name: 'CONSIGNMENT_REJECTED', status: '02', statedBy: 'recipient' },
  // Our own: EN 319 522 knows no agency that ends. The sender says who answers for the recipient of its message.
  'S.1': { name: 'SUCCESSOR_RECOGNISED', status: null, statedBy: 'sender' },
  'X.04': { name: 'HANDLING_ASSIGNED', status: '04', statedBy: 'recipient' },
  'X.05': { name: 'HANDLING_IN_PROGRESS', status: '05', statedBy: 'recipient' },
  'X.06': { name: 'HANDLING_COMPLETED', status: '06', statedBy: 'recipient' },
  // Our own, by the status numbers of the national axis: taking back, and what the recipient answers.
  'X.13': { name: 'TAKE_BACK_ASKED', status: null, statedBy: 'sender' },
  'X.15': { name: 'TAKE_BACK_AGREED', status: null, statedBy: 'recipient' },
  'X.16': { name: 'TAKE_BACK_REFUSED', status: null, statedBy: 'recipient' },
  // Our own, by the operations of edXML: 1 recall, 2 update (correction), 3 replace; and that it was carried out.
  'O.1': { name: 'RECALL_ORDERED', status: null, statedBy: 'sender' },
  'O.2': { name: 'UPDATE_ORDERED', status: null, statedBy: 'sender' },
  'O.3': { name: 'REPLACEMENT_ORDERED', status: null, statedBy: 'sender' },
  'OK.1': { name: 'RECALL_CARRIED_OUT', status: null, statedBy: 'recipient' },
  'OK.2': { name: 'UPDATE_CARRIED_OUT', status: null, statedBy: 'recipient' },
  'OK.3': { name: 'REPLACEMENT_CARRIED_OUT', status: null, statedBy: 'recipient' },
} as const;
export type EvidenceEvent = keyof typeof evidenceEvents;
const evidenceEventCodes = Object.keys(evidenceEvents) as readonly EvidenceEvent[];

const indications = ['TOTAL-PASSED', 'INDETERMINATE', 'NOT-SIGNED'] as const;

/** What an event adds to the common part. */
export interface EvidenceDetails {
  /** A.1: this message is number `index` of the `of` messages the document was submitted with. */
  readonly submission?: { readonly index: number; readonly of: number };
  /** D.1, C.3: what arrived, as counted by the receiving side. */
  readonly counts?: { readonly files: number; readonly pages: number };
  /** C.3: the verdict on each file when it was accepted, in the order of the files. */
  readonly verified?: readonly {
    readonly sha256: string;
    readonly indication: (typeof indications)[number];
  }[];
  /** C.3: số đến and ngày đến in the recipient's register. */
  readonly arrival?: { readonly number: number; readonly date: string };
  /** C.4, X.13, X.16, O.1 to O.3: the reason in words; D.2: its code. */
  readonly reason?: string;
  /** O.2, O.3: the document that corrects or replaces it. */
  readonly by?: DocumentIdentity;
  /**
   * S.1: who answers for the recipient. D.1, D.2, C.3, C.4: who states this in the place of the recipient, which has
   * ended; left out where the recipient speaks for itself.
   */
  readonly successor?: Party;
}

/** One statement of one agency about one message. Signed as a CMS over its canonical JSON. */
export interface Evidence extends EvidenceDetails {
  readonly v: 1;
  readonly kind: 'sealpost.evidence';
  readonly id: string;
  readonly event: EvidenceEvent;
  /** The moment of the event (not of the signing), which decides deadlines. */
  readonly time: string;
  readonly statedBy: string;
  readonly messageId: string;
  /** SHA-256 of the manifest's bytes: ties the statement to everything the message says. */
  readonly manifestSha256: string;
  readonly document: DocumentIdentity;
  readonly files: readonly FileDigest[];
  readonly parties: { readonly sender: Party; readonly recipient: Party };
}

export function evidenceBytes(evidence: Evidence): Uint8Array<ArrayBuffer> {
  return canonicalBytes(evidence);
}

const common = [
  'v',
  'kind',
  'id',
  'event',
  'time',
  'statedBy',
  'messageId',
  'manifestSha256',
  'document',
  'files',
  'parties',
] as const;

/** Which details belong to which event; all of them are required, others refused but for a successor. */
const detailsOf: Readonly<Record<EvidenceEvent, readonly (keyof EvidenceDetails)[]>> = {
  'A.1': ['submission'],
  'D.1': ['counts'],
  'D.2': ['reason'],
  'C.3': ['counts', 'verified', 'arrival'],
  'C.4': ['reason'],
  'S.1': ['successor'],
  // Who works on it and how is the recipient's own affair.
  'X.04': [],
  'X.05': [],
  'X.06': [],
  'X.13': ['reason'],
  'X.15': [],
  'X.16': ['reason'],
  'O.1': ['reason'],
  'O.2': ['reason', 'by'],
  'O.3': ['reason', 'by'],
  'OK.1': [],
  'OK.2': [],
  'OK.3': [],
};

/** Whose word it is: the sender's, or the recipient's by itself or through its successor. */
export function authorOf(
  event: EvidenceEvent,
  parties: Evidence['parties'],
  { successor }: EvidenceDetails,
): Party {
  return evidenceEvents[event].statedBy === 'sender' ? parties.sender : (successor ?? parties.recipient);
}

/**
 * Reads evidence from its signed bytes.
 *
 * @throws ExchangeError MESSAGE_MALFORMED
 */
export function parseEvidence(bytes: Uint8Array): Evidence {
  const value = canonicalValue(bytes, 'the evidence');
  const event = oneOf((value as JsonRecord | null)?.['event'], '$.event', evidenceEventCodes);
  const record = recordOf(value, '$', [...common, ...detailsOf[event]], optionalOf(event));
  const parties = recordOf(record['parties'], '$.parties', ['sender', 'recipient']);
  const evidence: Evidence = {
    v: oneOf(record['v'], '$.v', [1] as const),
    kind: oneOf(record['kind'], '$.kind', ['sealpost.evidence'] as const),
    id: idOf(record['id'], '$.id'),
    event,
    time: instantOf(record['time'], '$.time'),
    statedBy: textOf(record['statedBy'], '$.statedBy', 64),
    messageId: idOf(record['messageId'], '$.messageId'),
    manifestSha256: digestOf(record['manifestSha256'], '$.manifestSha256'),
    document: readIdentity(record['document'], '$.document'),
    files: listOf(record['files'], '$.files', 200, readFileDigest),
    parties: {
      sender: readParty(parties['sender'], '$.parties.sender'),
      recipient: readParty(parties['recipient'], '$.parties.recipient'),
    },
    ...readDetails(record),
  };
  if (evidence.statedBy !== authorOf(event, evidence.parties, evidence).code) {
    throw malformed('$.statedBy', `the ${evidenceEvents[event].statedBy}`);
  }
  if (evidence.successor?.code === evidence.parties.recipient.code)
    throw malformed('$.successor', 'another agency than the recipient');
  return evidence;
}

function optionalOf(event: EvidenceEvent): readonly (keyof EvidenceDetails)[] {
  return evidenceEvents[event].statedBy === 'recipient' ? ['successor'] : [];
}

function readDetails(record: JsonRecord): EvidenceDetails {
  const { submission, counts, verified, arrival, reason, successor, by } = record;
  return {
    ...(submission === undefined ? {} : { submission: readPair(submission, '$.submission', 'index', 'of') }),
    ...(counts === undefined ? {} : { counts: readPair(counts, '$.counts', 'files', 'pages') }),
    ...(verified === undefined ? {} : { verified: listOf(verified, '$.verified', 200, readVerdict) }),
    ...(arrival === undefined ? {} : { arrival: readArrival(arrival) }),
    ...(reason === undefined ? {} : { reason: textOf(reason, '$.reason', 1000) }),
    ...(by === undefined ? {} : { by: readIdentity(by, '$.by') }),
    ...(successor === undefined ? {} : { successor: readParty(successor, '$.successor') }),
  };
}

function readPair<A extends string, B extends string>(
  value: unknown,
  path: string,
  a: A,
  b: B,
): Record<A | B, number> {
  const record = recordOf(value, path, [a, b]);
  return { [a]: countOf(record[a], `${path}.${a}`), [b]: countOf(record[b], `${path}.${b}`) } as Record<
    A | B,
    number
  >;
}

function readVerdict(value: unknown, path: string): NonNullable<EvidenceDetails['verified']>[number] {
  const record = recordOf(value, path, ['sha256', 'indication']);
  return {
    sha256: digestOf(record['sha256'], `${path}.sha256`),
    indication: oneOf(record['indication'], `${path}.indication`, indications),
  };
}

function readArrival(value: unknown): NonNullable<EvidenceDetails['arrival']> {
  const record = recordOf(value, '$.arrival', ['number', 'date']);
  return {
    number: countOf(record['number'], '$.arrival.number'),
    date: dayOf(record['date'], '$.arrival.date'),
  };
}
