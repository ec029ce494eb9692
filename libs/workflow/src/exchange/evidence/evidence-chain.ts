import type { Certificate } from '#pki';
import { canonicalBytes } from '#translog';

import type { Manifest } from '../messages/manifest';
import { fileDigestsOf, parseManifest } from '../messages/manifest';
import type { AgencyTrust } from '../statements/agency-trust';
import { checkAgency } from '../statements/agency-trust';
import { clockToleranceMs } from '../statements/clock-tolerance';
import type { DocumentIdentity, Party } from '../statements/parties';
import { openStatement } from '../statements/signed-statement';
import type { Evidence, EvidenceEvent } from './evidence';
import { evidenceEvents } from './evidence';
import type { ReadDelivery } from './read-chain';
import { readChain } from './read-chain';
import type { EvidenceFault } from './verify-evidence';
import { contradictions, mismatch, unrecognised, verifyEvidence } from './verify-evidence';

/** One document's evidence in one JSON file. Binary values are base64. */
export interface EvidenceChain {
  readonly format: 'sealpost.evidence-chain';
  readonly v: 1;
  /** For the reader only; what counts is what the statements say. */
  readonly document: DocumentIdentity;
  readonly exportedAt: string;
  readonly deliveries: readonly {
    readonly recipient: string;
    /** CMS of the signed manifest. */
    readonly manifest: string;
    /** CMS of each statement, oldest first. */
    readonly evidence: readonly string[];
  }[];
  /** Intermediate certificates (DER) that help to reach an anchor. Anchors are never taken from the file. */
  readonly certificates: readonly string[];
  /** Revocation lists (DER) known at the export. */
  readonly crls: readonly string[];
}

export interface DeliveryVerdict {
  /** Code of the agency that the message was meant for. */
  readonly recipient: string;
  /** Who answered in its place, where it had ended. */
  readonly successor: Party | null;
  readonly messageId: string | null;
  /** Events proved, oldest first, with the moment each states. */
  readonly events: readonly {
    readonly event: EvidenceEvent;
    readonly time: string;
    readonly statedBy: string;
    readonly evidence: Evidence;
  }[];
  /** The national status that the proved events amount to: 00 to 06; null when nothing is proved. */
  readonly status: string | null;
  readonly faults: readonly ChainFault[];
}

export interface ChainFault {
  readonly code:
    | EvidenceFault['code']
    | 'MANIFEST_NOT_AUTHENTIC'
    | 'CHAIN_CONTRADICTION'
    | 'CHAIN_INCOMPLETE'
    | 'CHAIN_ORDER';
  readonly message: string;
}

export interface ChainVerdict {
  readonly ok: boolean;
  readonly document: DocumentIdentity | null;
  readonly deliveries: readonly DeliveryVerdict[];
  /** Faults of the whole; those of one delivery stand with it. */
  readonly faults: readonly ChainFault[];
}

/**
 * Verifies the evidence of one document offline: every statement's signature and author, that all of them
 * speak of the same message and the same files, that they do not contradict each other, and that no
 * delivery of the submission is left out.
 *
 * Pure: `parsers` turn DER into what path validation wants, trust comes from `trust` alone.
 */
export async function verifyEvidenceChain(
  json: unknown,
  trust: AgencyTrust,
  parsers: {
    readonly certificate: (der: Uint8Array) => Certificate;
    readonly crl: (der: Uint8Array) => AgencyTrust['crls'][number];
  },
): Promise<ChainVerdict> {
  const chain = readChain(json);
  const known: AgencyTrust = {
    anchors: trust.anchors,
    intermediates: [...trust.intermediates, ...chain.certificates.map(parsers.certificate)],
    crls: [...trust.crls, ...chain.crls.map(parsers.crl)],
    ocsps: trust.ocsps,
  };
  const examined = [];
  for (const delivery of chain.deliveries) examined.push(await examine(delivery, known));
  const faults = [...completeness(examined), ...oneDocument(examined)];
  return {
    ok:
      faults.length === 0 &&
      examined.length > 0 &&
      examined.every(({ verdict }) => verdict.faults.length === 0),
    document: examined[0]?.manifest?.document ?? null,
    deliveries: examined.map(({ verdict }) => verdict),
    faults,
  };
}

interface Examined {
  readonly verdict: DeliveryVerdict;
  readonly manifest: Manifest | null;
}

async function examine(delivery: ReadDelivery, trust: AgencyTrust): Promise<Examined> {
  const opened = await openManifest(delivery.manifest, trust);
  if ('fault' in opened) {
    return {
      manifest: null,
      verdict: {
        recipient: delivery.recipient,
        successor: null,
        messageId: null,
        events: [],
        status: null,
        faults: [opened.fault],
      },
    };
  }
  const { manifest, sha256 } = opened;
  const facts = {
    messageId: manifest.id,
    manifestSha256: sha256,
    sender: manifest.sender.code,
    recipient: manifest.recipient.code,
  };
  const faults: ChainFault[] = [];
  const proved: Evidence[] = [];
  for (const der of delivery.evidence) {
    const verification = await verifyEvidence(der, trust);
    if (!verification.ok) faults.push(verification.fault);
    else {
      const fault = mismatch(verification.evidence, facts) ?? sameContent(verification.evidence, manifest);
      if (fault) faults.push(fault);
      else proved.push(verification.evidence);
    }
  }
  faults.push(
    ...[...contradictions(proved.map(({ event }) => event)), ...unrecognised(proved)].map((message) =>
      chainFault('CHAIN_CONTRADICTION', message),
    ),
  );
  faults.push(...disorder(proved));
  if (delivery.recipient !== manifest.recipient.code)
    faults.push(chainFault('CHAIN_CONTRADICTION', 'filed under another recipient'));
  return {
    manifest,
    verdict: {
      recipient: manifest.recipient.code,
      successor: proved.findLast(({ event }) => event === 'S.1')?.successor ?? null,
      messageId: manifest.id,
      events: proved.map((evidence) => ({
        event: evidence.event,
        time: evidence.time,
        statedBy: evidence.statedBy,
        evidence,
      })),
      status: statusOf(proved),
      faults,
    },
  };
}

async function openManifest(
  der: Uint8Array,
  trust: AgencyTrust,
): Promise<{ readonly manifest: Manifest; readonly sha256: string } | { readonly fault: ChainFault }> {
  const refused = (message: string): { fault: ChainFault } => ({
    fault: chainFault('MANIFEST_NOT_AUTHENTIC', message),
  });
  const opened = await openStatement(der);
  if (!opened.sound) return refused(opened.reason);
  let manifest: Manifest;
  try {
    manifest = parseManifest(opened.statement.content);
  } catch (error) {
    return refused(error instanceof Error ? error.message : 'not a manifest');
  }
  const check = await checkAgency(
    opened.statement,
    manifest.sender.code,
    trust,
    new Date(manifest.createdAt),
  );
  if (!check.trusted) return refused(check.reason);
  return { manifest, sha256: await digestHex(opened.statement.content) };
}

function sameContent(evidence: Evidence, manifest: Manifest): EvidenceFault | undefined {
  const said = canonicalBytes([evidence.document, evidence.files]);
  const sent = canonicalBytes([manifest.document, fileDigestsOf(manifest.files)]);
  const same = said.length === sent.length && said.every((byte, index) => byte === sent[index]);
  return same
    ? undefined
    : { code: 'EVIDENCE_MISMATCH', message: `${evidence.event}: other document or files` };
}

function disorder(proved: readonly Evidence[]): readonly ChainFault[] {
  const order: readonly EvidenceEvent[] = ['A.1', 'D.1', 'D.2', 'C.4', 'C.3', 'X.04', 'X.05', 'X.06'];
  const sorted = proved
    .filter(({ event }) => order.includes(event))
    .sort((a, b) => order.indexOf(a.event) - order.indexOf(b.event));
  return sorted.flatMap((evidence, index) => {
    const before = sorted[index - 1];
    if (!before || Date.parse(evidence.time) + clockToleranceMs >= Date.parse(before.time)) return [];
    return [chainFault('CHAIN_ORDER', `${evidence.event} is stated to be earlier than ${before.event}`)];
  });
}

/** A.1 says how many messages the document was submitted with: none may be missing or counted twice. */
function completeness(examined: readonly Examined[]): readonly ChainFault[] {
  const submissions = examined.flatMap(({ verdict }) =>
    verdict.events.flatMap(({ evidence }) => (evidence.submission ? [evidence.submission] : [])),
  );
  const of = submissions[0]?.of ?? 0;
  const indexes = new Set(submissions.map(({ index }) => index));
  const complete =
    submissions.every((submission) => submission.of === of) && indexes.size === of && examined.length === of;
  return complete ? [] : [chainFault('CHAIN_INCOMPLETE', `${indexes.size} of ${of} deliveries are proved`)];
}

function oneDocument(examined: readonly Examined[]): readonly ChainFault[] {
  const identities = new Set(
    examined.flatMap(({ manifest }) =>
      manifest ? [new TextDecoder().decode(canonicalBytes(manifest.document))] : [],
    ),
  );
  return identities.size <= 1
    ? []
    : [chainFault('CHAIN_CONTRADICTION', 'the deliveries speak of different documents')];
}

function statusOf(proved: readonly Evidence[]): string | null {
  const statuses = proved.flatMap(({ event }) => evidenceEvents[event].status ?? []);
  const latestFirst = ['06', '05', '04', '03', '02', '01', '00'] as const;
  return latestFirst.find((status) => statuses.includes(status)) ?? null;
}

async function digestHex(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function chainFault(code: ChainFault['code'], message: string): ChainFault {
  return { code, message };
}
