import { oids, parseCertificate, parsePem, PkiError } from '#pki';
import type { Certificate, GeneralName, KeyUsage } from '#pki';

interface PeerName {
  readonly kind: string;
  readonly value: string;
}

/** A case of `limbo.json`. */
export interface LimboCase {
  readonly id: string;
  readonly expected_result: 'SUCCESS' | 'FAILURE';
  /** Cases of the same chain that expect the contrary. */
  readonly conflicts_with?: readonly string[];
  readonly features?: readonly string[];
  readonly validation_kind?: 'SERVER' | 'CLIENT';
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  /** Now when null. */
  readonly validation_time?: string | null;
  /** Algorithms that the caller would have; any when empty. */
  readonly signature_algorithms?: readonly string[];
  readonly key_usage?: readonly string[];
  readonly extended_key_usage?: readonly string[];
  /** The server that was asked for. */
  readonly expected_peer_name?: PeerName | null;
  readonly max_chain_depth?: number | null;
  readonly crls?: readonly string[];
}

/**
 * Why a case says nothing about a validator of document signatures, or undefined when it is to be run. Decided by
 * what stands in the case alone, before it is run. A chain that is valid is run whatever rules it was made for.
 */
export function limboLeftOut(test: LimboCase): string | undefined {
  const peer = readable(test.peer_certificate);
  if (test.expected_result === 'SUCCESS') {
    return peer && isAuthorityOnly(peer)
      ? "the key of an authority is no holder's key here: it may sign certificates only"
      : undefined;
  }
  if (test.id.startsWith('webpki::'))
    return ruleOfBoth.test(test.id)
      ? undefined
      : 'a rule of the CA/Browser Forum or for names of servers, not of RFC 5280';
  if (test.conflicts_with !== undefined && test.conflicts_with.length > 0)
    return `the same chain is good by another reading: ${test.conflicts_with.join(', ')}`;
  if (test.features?.includes('pedantic-rfc5280') === true)
    return 'RFC 5280 can be read both ways, says the case itself';
  if (asksForCallersAlgorithms(test)) return 'which algorithms are good is not asked by caller here';
  if (!peer) return undefined;
  if (asksForOtherUsage(test, peer)) return 'our purpose tls stands for both ends of a connection';
  return isAboutServerName(test, peer) ? 'names of servers are not compared by this validator' : undefined;
}

/** Rules of the web that are RFC 5280's or ours too: empty constraints, bad forms, old versions, weak keys. */
const ruleOfBoth =
  /^webpki::(nc::|malformed-|explicit-curve|v1-|san::(unicode-|san-wildcard-only)|forbidden-(dsa|p192|weak)-)/;

function readable(pem: string): Certificate | undefined {
  try {
    const [der] = parsePem(pem);
    return der && parseCertificate(der);
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

const holdersUsages: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'keyAgreement',
];

function isAuthorityOnly({ isCa, keyUsage }: Certificate): boolean {
  return isCa && keyUsage !== undefined && !holdersUsages.some((usage) => keyUsage.has(usage));
}

function asksForCallersAlgorithms({ signature_algorithms: wanted = [] }: LimboCase): boolean {
  return wanted.length > 0;
}

const purposeOids: Readonly<Record<string, string>> = {
  serverAuth: oids.serverAuth,
  clientAuth: oids.clientAuth,
};

/** The case wants one end of a connection, and the certificate is for the other. */
function asksForOtherUsage(
  { extended_key_usage: wanted = [], key_usage: uses = [] }: LimboCase,
  peer: Certificate,
): boolean {
  const { extendedKeyUsage: purposes, keyUsage } = peer;
  const lacksPurpose = wanted.some((name) => {
    const oid = purposeOids[name];
    return oid !== undefined && purposes !== undefined && !purposes.has(oid) && isForTls(purposes);
  });
  return lacksPurpose || (keyUsage !== undefined && uses.some((use) => !keyUsage.has(use as KeyUsage)));
}

function isForTls(purposes: ReadonlySet<string>): boolean {
  return Object.values(purposeOids).some((oid) => purposes.has(oid));
}

/** The certificate names other servers than the one asked for, and nothing else in the case is about names or holders. */
function isAboutServerName(test: LimboCase, peer: Certificate): boolean {
  const wanted = test.expected_peer_name;
  const names = peer.subjectAltNames;
  if (!wanted || names.some((name) => isNameOf(name, wanted))) return false;
  if (isAuthorityOnly(peer) || !names.every(isWellFormed)) return false;
  const others = [...test.trusted_certs, ...test.untrusted_intermediates].map(readable);
  return ![peer, ...others].some((certificate) =>
    certificate?.extensions.some(({ oid }) => oid === oids.nameConstraints),
  );
}

/** A DNS name is labels, the last of which is no number (RFC 5280 §4.2.1.6, RFC 1123 §2.1). */
function isWellFormed(name: GeneralName): boolean {
  return name.kind !== 'dns' || /^(\*\.)?([\w-]+\.)*[a-z][\w-]*$/i.test(name.text);
}

/** RFC 9525 §6.3: a wildcard stands for the whole first label. */
function isNameOf(name: GeneralName, { kind, value }: PeerName): boolean {
  if (kind === 'IP') return name.kind === 'ip' && isAddress(name.octets, value);
  if (kind !== 'DNS') return name.kind === 'email' && name.text === value;
  if (name.kind !== 'dns') return false;
  const [own, asked] = [name.text.toLowerCase(), value.toLowerCase()];
  return own === asked || (own.startsWith('*.') && own.slice(2) === asked.slice(asked.indexOf('.') + 1));
}

function isAddress(octets: Uint8Array, text: string): boolean {
  return octets.length === 4 ? [...octets].join('.') === text : sixteen(text) === [...octets].join('.');
}

/** The octets of an IPv6 address, decimal with dots. */
function sixteen(text: string): string {
  const [head = '', tail] = text.split('::');
  const groups = (part: string): string[] => part.split(':').filter((group) => group !== '');
  const [first, last] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0');
  return [...first, ...zeros, ...last]
    .map((group) => parseInt(group, 16))
    .flatMap((value) => [value >> 8, value & 255])
    .join('.');
}
