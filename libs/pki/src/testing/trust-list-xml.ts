import type { Certificate } from '../certificate/certificate';
import { digest } from '../crypto/engine';
import { ecdsaValueToFixed } from '../crypto/ecdsa-value';
import { toBase64 } from '../pem';
import type { TestHolder } from './test-pki';

const ds = 'http://www.w3.org/2000/09/xmldsig#';
const xades = 'http://uri.etsi.org/01903/v1.3.2#';
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';

export const svc = {
  caQc: 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC',
  qtst: 'http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST',
  granted: 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted',
  withdrawn: 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/withdrawn',
} as const;

export interface TestState {
  readonly type?: string;
  readonly status?: string;
  readonly since: string;
  readonly certificates?: readonly Certificate[];
  /** XML of Extension elements. */
  readonly extensions?: string;
}

export interface TestList {
  readonly version?: number;
  readonly issued?: string;
  readonly nextUpdate?: string;
  /** Of each service its states, the current one first. */
  readonly services?: readonly (readonly TestState[])[];
}

/** A trusted list in canonical form already (exc-c14n), so that its digest needs no other program. */
export function trustListXml(list: TestList = {}): string {
  const {
    version = 6,
    issued = '2026-06-01T00:00:00Z',
    nextUpdate = '2026-12-01T00:00:00Z',
    services = [],
  } = list;
  const next = nextUpdate === '' ? '' : `<dateTime>${nextUpdate}</dateTime>`;
  return (
    `<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" Id="list" TSLTag="http://uri.etsi.org/19612/TSLTag">\n` +
    `<SchemeInformation><TSLVersionIdentifier>${version}</TSLVersionIdentifier>` +
    `<TSLSequenceNumber>7</TSLSequenceNumber><TSLType>http://uri.etsi.org/TrstSvc/TrustedList/TSLType/generic</TSLType>` +
    `<SchemeTerritory>VN</SchemeTerritory><ListIssueDateTime>${issued}</ListIssueDateTime>` +
    `<NextUpdate>${next}</NextUpdate></SchemeInformation>` +
    `<TrustServiceProviderList><TrustServiceProvider><TSPInformation><TSPName>` +
    `<Name xml:lang="en">Provider &amp; Sons</Name><Name xml:lang="vi">Tổ chức chứng thực</Name></TSPName></TSPInformation>` +
    `<TSPServices>${services.map(serviceXml).join('')}</TSPServices></TrustServiceProvider></TrustServiceProviderList>` +
    `</TrustServiceStatusList>`
  );
}

function serviceXml([current, ...earlier]: readonly TestState[]): string {
  const history = earlier.map(
    (state) => `<ServiceHistoryInstance>${stateXml(state)}</ServiceHistoryInstance>`,
  );
  return (
    `<TSPService><ServiceInformation>${current ? stateXml(current) : ''}</ServiceInformation>` +
    `<ServiceHistory>${history.join('')}</ServiceHistory></TSPService>`
  );
}

function stateXml({
  type = svc.caQc,
  status = svc.granted,
  since,
  certificates = [],
  extensions,
}: TestState): string {
  const ids = certificates.map(
    ({ der }) => `<DigitalId><X509Certificate>${toBase64(der)}</X509Certificate></DigitalId>`,
  );
  return (
    `<ServiceTypeIdentifier>${type}</ServiceTypeIdentifier>` +
    `<ServiceName><Name xml:lang="en">Service</Name></ServiceName>` +
    `<ServiceDigitalIdentity>${ids.join('')}<DigitalId><X509SKI>AAAA</X509SKI></DigitalId></ServiceDigitalIdentity>` +
    `<ServiceStatus>${status}</ServiceStatus><StatusStartingTime>${since}</StatusStartingTime>` +
    (extensions === undefined
      ? ''
      : `<ServiceInformationExtensions>${extensions}</ServiceInformationExtensions>`)
  );
}

export interface TestXmlSignature {
  readonly uri?: '' | '#list';
  /** As European lists are signed: with a reference to SignedProperties. */
  readonly withProperties?: 'with-properties';
  /** Applied to the canonical SignedInfo before it is signed: for lists whose signer did something else. */
  readonly change?: (signedInfo: string) => string;
}

const methods = {
  ECDSA: '2001/04/xmldsig-more#ecdsa-sha256',
  'RSA-PKCS1': '2001/04/xmldsig-more#rsa-sha256',
  'RSA-PSS': '2007/05/xmldsig-more#sha256-rsa-MGF1',
} as const;

/** Signs a canonical document with an enveloped signature, its last child. */
export async function signXml(
  xml: string,
  { signer }: TestHolder,
  given: TestXmlSignature = {},
): Promise<string> {
  const { uri = '', withProperties, change = (signedInfo) => signedInfo } = given;
  const { name } = signer.algorithm;
  if (name === 'Ed25519') throw new Error('no XML signature by this key');
  const properties = `<xades:SignedProperties xmlns:xades="${xades}" Id="props"><xades:SignedSignatureProperties></xades:SignedSignatureProperties></xades:SignedProperties>`;
  const signedInfo = change(
    `<ds:SignedInfo xmlns:ds="${ds}"><ds:CanonicalizationMethod Algorithm="${exclusive}"></ds:CanonicalizationMethod>` +
      `<ds:SignatureMethod Algorithm="http://www.w3.org/${methods[name]}"></ds:SignatureMethod>` +
      (await reference(`URI="${uri}"`, [`${ds}enveloped-signature`, exclusive], xml)) +
      (withProperties
        ? await reference(
            'Type="http://uri.etsi.org/01903#SignedProperties" URI="#props"',
            [exclusive],
            properties,
          )
        : '') +
      `</ds:SignedInfo>`,
  );
  const value = await signer.sign(utf8(signedInfo));
  const raw = name === 'ECDSA' ? ecdsaValueToFixed(value, 'P-256') : value;
  const object = withProperties
    ? `<ds:Object><xades:QualifyingProperties xmlns:xades="${xades}" Target="#sig">${properties}</xades:QualifyingProperties></ds:Object>`
    : '';
  const keyInfo = `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${toBase64(signer.certificate.der)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`;
  const signature =
    `<ds:Signature xmlns:ds="${ds}" Id="sig">${signedInfo.replace(` xmlns:ds="${ds}"`, '')}` +
    `<ds:SignatureValue>${toBase64(raw)}</ds:SignatureValue>${keyInfo}${object}</ds:Signature>`;
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n` + xml.replace(/<\/TrustServiceStatusList>$/, `${signature}$&`)
  );
}

async function reference(
  attributes: string,
  transforms: readonly string[],
  content: string,
): Promise<string> {
  const list = transforms
    .map((algorithm) => `<ds:Transform Algorithm="${algorithm}"></ds:Transform>`)
    .join('');
  return (
    `<ds:Reference ${attributes}><ds:Transforms>${list}</ds:Transforms>` +
    `<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>` +
    `<ds:DigestValue>${toBase64(await digest('SHA-256', utf8(content)))}</ds:DigestValue></ds:Reference>`
  );
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
