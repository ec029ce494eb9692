import { ExclusiveCanonicalization } from 'xml-crypto';
import { equalBytes } from '../../bytes';
import type { Certificate } from '../../certificate/certificate';
import type { HashAlgorithm, SignatureAlgorithm } from '../../crypto/algorithms';
import { ecdsaFixedToValue } from '../../crypto/ecdsa-value';
import { digest } from '../../crypto/engine';
import { verifySignature } from '../../crypto/verify';
import { PkiError } from '../../errors';
import { base64Of, childElements, onlyElement, optionalElement } from './strict-xml';

const ds = 'http://www.w3.org/2000/09/xmldsig#';
const xades = 'http://uri.etsi.org/01903/v1.3.2#';
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const enveloped = `${ds}enveloped-signature`;
const signedPropertiesType = 'http://uri.etsi.org/01903#SignedProperties';

/** RFC 9231 §2.1, §2.3; SHA-1 is not among them. */
const digests: ReadonlyMap<string, HashAlgorithm> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'SHA-256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'SHA-384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'SHA-512'],
]);

/** RFC 9231 §2.3.2, §2.3.6, §2.3.10. */
const signatures: ReadonlyMap<string, SignatureAlgorithm> = new Map(
  (['256', '384', '512'] as const).flatMap((bits): [string, SignatureAlgorithm][] => {
    const hash = `SHA-${bits}` as const;
    return [
      [`http://www.w3.org/2001/04/xmldsig-more#rsa-sha${bits}`, { name: 'RSA-PKCS1', hash }],
      [`http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha${bits}`, { name: 'ECDSA', hash }],
      [`http://www.w3.org/2007/05/xmldsig-more#sha${bits}-rsa-MGF1`, { name: 'RSA-PSS', hash }],
    ];
  }),
);

export interface EnvelopedSignature {
  /** The root element as it was signed: canonical, without the signature. Read this and nothing else. */
  readonly signed: Uint8Array;
  readonly signer: Certificate;
}

/**
 * Verifies the one enveloped XML signature of a document (ETSI TS 119 612 annex B; XML-DSig §3.2) under a certificate
 * that is known beforehand. KeyInfo is not looked at. The signature covers the whole root element; beside that
 * reference only that to XAdES' SignedProperties may stand. Transforms: enveloped signature and exclusive
 * canonicalisation, nothing else.
 *
 * @throws PkiError TRUST_LIST_UNTRUSTED, TRUST_LIST_MALFORMED
 */
export async function verifyEnveloped(
  root: Element,
  signers: readonly Certificate[],
): Promise<EnvelopedSignature> {
  const signature = onlySignature(root);
  const signedInfo = onlyElement(signature, ds, 'SignedInfo');
  requireBare(onlyElement(signedInfo, ds, 'CanonicalizationMethod'), exclusive);
  const references = childElements(signedInfo, ds, 'Reference');
  const toRoot = references.filter((reference) => refersTo(reference, root));
  const toProperties = references.filter((reference) => !refersTo(reference, root));
  const [rootReference] = toRoot;
  if (!rootReference || toRoot.length > 1 || toProperties.length > 1)
    throw untrusted('the signature does not cover the root element, once');
  const signer = await signerOf(signedInfo, signature, signers);
  for (const reference of toProperties)
    await requireDigest(reference, signedProperties(reference, signature), [exclusive]);
  root.removeChild(signature);
  const signed = canonical(root);
  await requireDigest(rootReference, signed, [enveloped, exclusive]);
  return { signed, signer };
}

/** A second signature anywhere, and be it of another purpose, is a way to confuse which one was verified. */
function onlySignature(root: Element): Element {
  const all = root.getElementsByTagNameNS('*', 'Signature');
  const [signature] = childElements(root, ds, 'Signature');
  if (!signature || all.length !== 1) throw untrusted(`${all.length} signatures where one is expected`);
  return signature;
}

/** Same-document references (XML-DSig §4.4.3.2): empty, or the id of the root. */
function refersTo(reference: Element, root: Element): boolean {
  const uri = reference.getAttribute('URI') ?? 'absent';
  return uri === '' || (root.hasAttribute('Id') && uri === `#${root.getAttribute('Id') ?? ''}`);
}

function signedProperties(reference: Element, signature: Element): Uint8Array {
  if (reference.getAttribute('Type') !== signedPropertiesType)
    throw untrusted('a reference to something else than the list');
  const found = childElements(signature, ds, 'Object')
    .flatMap((object) => childElements(object, xades, 'QualifyingProperties'))
    .flatMap((properties) => childElements(properties, xades, 'SignedProperties'))
    .filter((element) => reference.getAttribute('URI') === `#${element.getAttribute('Id') ?? ''}`);
  const [element] = found;
  if (!element || found.length > 1) throw untrusted('the signed properties are not in the signature');
  return canonical(element);
}

async function requireDigest(
  reference: Element,
  content: Uint8Array,
  transforms: readonly string[],
): Promise<void> {
  const list = optionalElement(reference, ds, 'Transforms');
  const found = list ? childElements(list) : [];
  if (found.length !== transforms.length) throw untrusted('other transforms than those of a trust list');
  transforms.forEach((algorithm, index) => {
    const transform = found[index];
    if (transform?.localName !== 'Transform' || transform.namespaceURI !== ds)
      throw untrusted('other transforms than those of a trust list');
    requireBare(transform, algorithm);
  });
  const method = onlyElement(reference, ds, 'DigestMethod').getAttribute('Algorithm') ?? '';
  const hash = digests.get(method);
  if (!hash) throw untrusted(`digest ${method} is not accepted`);
  const value = base64Of(onlyElement(reference, ds, 'DigestValue'));
  if (!equalBytes(value, await digest(hash, content))) throw untrusted('the list was altered after signing');
}

/** Of that algorithm and without parameters (such as InclusiveNamespaces). */
function requireBare(element: Element, algorithm: string): void {
  if (element.getAttribute('Algorithm') !== algorithm || childElements(element).length > 0)
    throw untrusted(`${element.localName} other than ${algorithm}`);
}

async function signerOf(
  signedInfo: Element,
  signature: Element,
  signers: readonly Certificate[],
): Promise<Certificate> {
  const method = onlyElement(signedInfo, ds, 'SignatureMethod');
  const name = method.getAttribute('Algorithm') ?? '';
  const algorithm = signatures.get(name);
  if (!algorithm || childElements(method).length > 0) throw untrusted(`signature ${name} is not accepted`);
  const raw = base64Of(onlyElement(signature, ds, 'SignatureValue'));
  // XML-DSig §6.4.3 writes r ‖ s where X.509 writes DER.
  const value = algorithm.name === 'ECDSA' && raw.length % 2 === 0 ? ecdsaFixedToValue(raw) : raw;
  const data = canonical(signedInfo);
  for (const signer of signers) if (await verifySignature(signer.spki, algorithm, data, value)) return signer;
  throw untrusted('signed by none of the configured certificates');
}

function canonical(element: Element): Uint8Array {
  try {
    return new TextEncoder().encode(new ExclusiveCanonicalization().process(element, {}));
  } catch (cause) {
    throw new PkiError('TRUST_LIST_MALFORMED', 'cannot be brought into canonical form', { cause });
  }
}

function untrusted(message: string): PkiError {
  return new PkiError('TRUST_LIST_UNTRUSTED', message);
}
