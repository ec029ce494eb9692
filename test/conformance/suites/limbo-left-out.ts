import { oids, parseCertificate, parsePem, PkiError } from '#pki';
import type { Certificate, GeneralName, KeyUsage, Purpose } from '#pki';

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
  readonly validation_kind?: string;
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

/** What the case wants the certificate for, by its names of purposes; undefined for what is no purpose here. */
export function limboPurpose({ extended_key_usage: wanted = [] }: LimboCase): Purpose | undefined {
  const [first, ...others] = new Set(wanted.map((name) => purposes.get(name)));
  return wanted.length === 0 ? 'tls' : others.length === 0 ? first : undefined;
}

const purposes: ReadonlyMap<string, Purpose> = new Map([
  ['serverAuth', 'tls'],
  ['clientAuth', 'tls'],
  ['anyExtendedKeyUsage', 'tls'],
  ['timeStamping', 'time-stamping'],
  ['OCSPSigning', 'ocsp-signing'],
]);

/** What a case may be about and is run for; whoever does not know a feature is to leave its cases out. */
const features: ReadonlySet<string> = new Set([
  'denial-of-service',
  'has-cert-policies',
  'has-crl',
  'has-policy-constraints',
  'max-chain-depth',
  'name-constraint-dn',
  'pedantic-public-suffix-wildcard',
  'pedantic-rfc5280',
  'pedantic-serial-number',
  'pedantic-webpki-eku',
  'pedantic-webpki-subscriber-key',
  'rfc5280-incompatible-with-webpki',
]);

/**
 * Why a case says nothing about a validator of document signatures, or undefined when it is to be run. Decided by
 * what stands in the case alone, before it is run. A chain that is valid is run whatever rules it was made for.
 */
export function limboLeftOut(test: LimboCase): string | undefined {
  const unknown = test.features?.find((feature) => !features.has(feature));
  if (unknown !== undefined) return `it is for validators with the feature ${unknown}`;
  if (test.validation_kind !== undefined && !['SERVER', 'CLIENT'].includes(test.validation_kind))
    return `a validation of the kind ${test.validation_kind} is not offered`;
  if (!limboPurpose(test)) return `${test.extended_key_usage?.join(', ') ?? ''} is no purpose here`;
  return test.expected_result === 'SUCCESS' ? successLeftOut(test) : failureLeftOut(test);
}

function successLeftOut(test: LimboCase): string | undefined {
  const peer = readable(test.peer_certificate);
  if (peer && isAuthorityOnly(peer))
    return "the key of an authority is no holder's key here: it may sign certificates only";
  const all = [test.peer_certificate, ...test.trusted_certs, ...test.untrusted_intermediates].map(readable);
  return all.some((certificate) => certificate?.publicKey.algorithm === 'unknown')
    ? 'it has keys of a kind that is not in use'
    : undefined;
}

function failureLeftOut(test: LimboCase): string | undefined {
  const {
    id,
    conflicts_with: conflicts = [],
    features: about = [],
    signature_algorithms: wanted = [],
  } = test;
  if (id.startsWith('webpki::'))
    return ruleOfBoth.test(id)
      ? undefined
      : 'a rule of the CA/Browser Forum or for names of servers, not of RFC 5280';
  if (conflicts.length > 0) return `the same chain is good by another reading: ${conflicts.join(', ')}`;
  if (about.includes('pedantic-rfc5280')) return 'RFC 5280 can be read both ways, says the case itself';
  if (about.some((feature) => /^pedantic-(webpki|public-suffix)/.test(feature)))
    return 'a rule of the CA/Browser Forum, not of RFC 5280';
  if (wanted.length > 0) return 'which algorithms are good is not told by the caller here';
  const peer = readable(test.peer_certificate);
  if (!peer) return undefined;
  if (asksForOtherUsage(test, peer)) return 'purposes here do not tell such usages apart';
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

const tlsEnds: Readonly<Record<string, string>> = {
  serverAuth: oids.serverAuth,
  clientAuth: oids.clientAuth,
};

/** The case wants one end of a connection, and the certificate is for the other; or a key usage by itself. */
function asksForOtherUsage(test: LimboCase, { extendedKeyUsage: named, keyUsage }: Certificate): boolean {
  const ends = (test.extended_key_usage ?? []).flatMap((name) => tlsEnds[name] ?? []);
  const isForOneEnd = named !== undefined && Object.values(tlsEnds).some((end) => named.has(end));
  const uses = (test.key_usage ?? []).map((use) => (use === 'contentCommitment' ? 'nonRepudiation' : use));
  return (
    (isForOneEnd && ends.some((end) => !named.has(end))) ||
    (keyUsage !== undefined && uses.some((use) => !keyUsage.has(use as KeyUsage)))
  );
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
