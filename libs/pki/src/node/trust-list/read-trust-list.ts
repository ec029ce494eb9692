import { equalBytes } from '../../bytes';
import type { Certificate } from '../../certificate/certificate';
import { parseCertificate } from '../../certificate/parse-certificate';
import { PkiError } from '../../errors';
import {
  base64Of,
  childElements,
  malformed,
  onlyElement,
  optionalElement,
  parseStrictXml,
  textOf,
} from './strict-xml';
import type { ServiceState, TrustList, TrustListService } from './trust-list';
import { verifyEnveloped } from './verify-enveloped';

const tsl = 'http://uri.etsi.org/02231/v2#';

/** The largest national list published has some 10 MB. */
const defaultMaxBytes = 32 * 1024 * 1024;

export interface TrustListInput {
  /** Certificates that may sign this list, by configuration; nothing the list itself says of its signer counts. */
  readonly signers: readonly Certificate[];
  readonly maxBytes?: number;
}

/**
 * Reads a trusted list (ETSI TS 119 612) whose signature holds under a configured certificate. What is read is the
 * signed form itself, never the file it came in.
 *
 * @throws PkiError TRUST_LIST_UNTRUSTED, TRUST_LIST_MALFORMED, SOURCE_TOO_LARGE
 */
export async function readTrustList(bytes: Uint8Array, input: TrustListInput): Promise<TrustList> {
  const { signers, maxBytes = defaultMaxBytes } = input;
  if (bytes.length > maxBytes)
    throw new PkiError('SOURCE_TOO_LARGE', `${bytes.length} bytes, more than ${maxBytes}`);
  const { signed, signer } = await verifyEnveloped(parseStrictXml(bytes), signers);
  const list = readList(parseStrictXml(signed), signer);
  if (list.issuedAt < signer.notBefore || list.issuedAt > signer.notAfter)
    throw new PkiError('TRUST_LIST_UNTRUSTED', 'issued outside of the period of its signer’s certificate');
  return list;
}

function readList(root: Element, signer: Certificate): TrustList {
  if (root.localName !== 'TrustServiceStatusList' || root.namespaceURI !== tsl)
    throw malformed(`${root.localName} is no trusted list`);
  const scheme = onlyElement(root, tsl, 'SchemeInformation');
  const version = wholeNumber(scheme, 'TSLVersionIdentifier');
  if (version !== 5 && version !== 6) throw malformed(`version ${version} of the format`);
  const next = textOf(onlyElement(scheme, tsl, 'NextUpdate'));
  const providers = optionalElement(root, tsl, 'TrustServiceProviderList');
  return {
    version,
    sequenceNumber: wholeNumber(scheme, 'TSLSequenceNumber'),
    type: textOf(onlyElement(scheme, tsl, 'TSLType')),
    territory: textOf(onlyElement(scheme, tsl, 'SchemeTerritory')),
    issuedAt: dateTime(textOf(onlyElement(scheme, tsl, 'ListIssueDateTime'))),
    nextUpdate: next === '' ? undefined : dateTime(next),
    services: providers
      ? childElements(providers, tsl, 'TrustServiceProvider').flatMap(servicesOfProvider)
      : [],
    signer,
  };
}

function servicesOfProvider(provider: Element): TrustListService[] {
  const name = nameIn(onlyElement(onlyElement(provider, tsl, 'TSPInformation'), tsl, 'TSPName'));
  const services = onlyElement(provider, tsl, 'TSPServices');
  return childElements(services, tsl, 'TSPService').map((service) => readService(service, name));
}

function readService(service: Element, provider: string): TrustListService {
  const current = onlyElement(service, tsl, 'ServiceInformation');
  const state = readState(current, []);
  const history = optionalElement(service, tsl, 'ServiceHistory');
  const earlier = history ? childElements(history, tsl, 'ServiceHistoryInstance') : [];
  return {
    provider,
    name: nameIn(onlyElement(current, tsl, 'ServiceName')),
    // §5.5.1.2: an instance of the history may name its service by key identifier alone; it is the same service.
    states: [state, ...earlier.map((instance) => readState(instance, state.certificates))].sort(
      (a, b) => b.since.getTime() - a.since.getTime(),
    ),
  };
}

function readState(element: Element, certificates: readonly Certificate[]): ServiceState {
  const own = readCertificates(onlyElement(element, tsl, 'ServiceDigitalIdentity'));
  const extensions = optionalElement(element, tsl, 'ServiceInformationExtensions');
  const all = extensions ? childElements(extensions, tsl, 'Extension') : [];
  return {
    type: textOf(onlyElement(element, tsl, 'ServiceTypeIdentifier')),
    status: textOf(onlyElement(element, tsl, 'ServiceStatus')),
    since: dateTime(textOf(onlyElement(element, tsl, 'StatusStartingTime'))),
    certificates: own.length > 0 ? own : certificates,
    scopes: all.flatMap(scopesIn),
    hasUnknownCriticalExtension: all.some(isUnknownCritical),
  };
}

/** Certificates this lib cannot read (old keys and encodings occur) are no anchors; the others stay. */
function readCertificates(identity: Element): Certificate[] {
  const found: Certificate[] = [];
  for (const digitalId of childElements(identity, tsl, 'DigitalId')) {
    for (const element of childElements(digitalId, tsl, 'X509Certificate')) {
      const der = base64Of(element);
      if (found.some((known) => equalBytes(known.der, der))) continue;
      try {
        found.push(parseCertificate(der));
      } catch (error) {
        if (!(error instanceof PkiError)) throw error;
      }
    }
  }
  return found;
}

const additionalInformation = 'AdditionalServiceInformation';

/** §5.5.9.1 to §5.5.9.4. Qualifications say which certificates below are qualified: no question of trust. */
const knownExtensions: ReadonlySet<string> = new Set([
  additionalInformation,
  'ExpiredCertsRevocationInfo',
  'Qualifications',
  'TakenOverBy',
]);

function isUnknownCritical(extension: Element): boolean {
  const isCritical = ['true', '1'].includes((extension.getAttribute('Critical') ?? '').trim());
  const content = childElements(extension);
  return (
    isCritical && !(content.length > 0 && content.every(({ localName }) => knownExtensions.has(localName)))
  );
}

function scopesIn(extension: Element): string[] {
  return childElements(extension, tsl, additionalInformation).map((information) =>
    textOf(onlyElement(information, tsl, 'URI')),
  );
}

/** One of the names in several languages: Vietnamese if there is one, then English, then the first. */
function nameIn(names: Element): string {
  const all = childElements(names, tsl, 'Name');
  const inLanguage = (language: string): Element | undefined =>
    all.find((name) => name.getAttribute('xml:lang')?.toLowerCase() === language);
  const chosen = inLanguage('vi') ?? inLanguage('en') ?? all[0];
  if (!chosen) throw malformed(`${names.localName} without a name`);
  return textOf(chosen);
}

function wholeNumber(parent: Element, name: string): number {
  const text = textOf(onlyElement(parent, tsl, name));
  if (!/^\d{1,9}$/.test(text)) throw malformed(`${name} is not a number`);
  return Number(text);
}

/** xs:dateTime in UTC, as §5.1.4 wants it. */
function dateTime(text: string): Date {
  const date = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text) || Number.isNaN(date.getTime()))
    throw malformed(`${text} is not a time in UTC`);
  return date;
}
