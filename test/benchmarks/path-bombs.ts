import type { Certificate, CertificateInput } from '#pki';
import { derWriter, oids, parseCertificate, validatePath } from '#pki';
import { at, makeAuthority, makeKeys, makeLeaf, makeRoot } from './path-chains';
import type { Authority, Keys } from './path-chains';

const { derBitString, derExplicit, derIa5String, derImplicit, derInteger, derNull, derOid, derSequence } =
  derWriter;

/** Inputs made to keep a validator busy. Each gives its answer when called. */
export async function bombs(): Promise<Readonly<Record<string, () => Promise<string>>>> {
  const root = await makeRoot('Gốc', await makeKeys('P-256'));
  return {
    'mesh of cross-certificates': await mesh(root),
    'mesh below the root': await rootedMesh(root),
    cycles: await cycles(root),
    'name-constraint bomb': await nameConstraints(root),
    'policy-mapping bomb': await policyMappings(root),
    'giant keys': await giantKeys(root),
    'key as long as a certificate': await hugeKey(root),
  };
}

const ask = async (
  certificate: Certificate,
  intermediates: readonly Certificate[],
  root: Authority,
): Promise<string> => {
  const { status, failures } = await validatePath({
    certificate,
    intermediates,
    anchors: [root.certificate],
    at,
    purpose: 'document-signing',
    crls: [],
    ocsps: [],
    revocation: 'if-available',
  });
  return [status, ...new Set(failures.map(({ code }) => code))].join(' ');
};

interface Mesh {
  readonly authorities: readonly Authority[];
  readonly crossed: readonly Certificate[];
  /** A certificate by the first of them. */
  readonly leaf: (root: Authority) => Promise<Certificate>;
}

/** Twelve authorities that all certified each other. */
async function crossCertified(): Promise<Mesh> {
  const authorities = await makeMany(12, (name, keys) => makeRoot(name, keys));
  const crossed = await Promise.all(
    authorities.flatMap((issuer) =>
      authorities
        .filter((other) => other !== issuer)
        .map(async (other) => (await certify(issuer, other, `CA ${authorities.indexOf(other)}`)).certificate),
    ),
  );
  const [first] = authorities;
  if (!first) throw new Error('no authority');
  return { leaf: (root) => makeLeaf(first, root.certificate.spki), authorities, crossed };
}

/** The same key again, under another authority. */
function certify(
  issuer: Authority,
  subject: Authority,
  name: string,
  details?: Partial<CertificateInput>,
): Promise<Authority> {
  return makeAuthority(issuer, name, { ...subject, spki: subject.certificate.spki }, details);
}

/** None of them certified by the root. */
async function mesh(root: Authority): Promise<() => Promise<string>> {
  const { leaf, crossed } = await crossCertified();
  const certificate = await leaf(root);
  return () => ask(certificate, crossed, root);
}

/** All but the leaf's own issuer certified by the root, until yesterday: very many paths, none of them valid. */
async function rootedMesh(root: Authority): Promise<() => Promise<string>> {
  const { leaf, authorities, crossed } = await crossCertified();
  const ended = { notAfter: new Date(at.getTime() - 24 * 3600 * 1000) };
  const entries = await Promise.all(
    authorities.slice(1).map((authority, index) => certify(root, authority, `CA ${index + 1}`, ended)),
  );
  const certificate = await leaf(root);
  return () => ask(certificate, [...crossed, ...entries.map((entry) => entry.certificate)], root);
}

function makeMany(
  count: number,
  make: (name: string, keys: Keys, index: number) => Promise<Authority>,
): Promise<readonly Authority[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => make(`CA ${index}`, await makeKeys('P-256'), index)),
  );
}

/** Rings of two and three authorities, and one that certifies itself anew many times. */
async function cycles(root: Authority): Promise<() => Promise<string>> {
  const [a, b, c] = await makeMany(3, (name, keys) => makeRoot(name, keys));
  if (!a || !b || !c) throw new Error('no authority');
  const ring = await Promise.all([
    certify(a, b, 'CA 1'),
    certify(b, a, 'CA 0'),
    certify(b, c, 'CA 2'),
    certify(c, a, 'CA 0'),
    certify(c, b, 'CA 1'),
    ...Array.from({ length: 60 }, () => certify(a, a, 'CA 0')),
  ]);
  const leaf = await makeLeaf(a, root.certificate.spki);
  const certificates = ring.map(({ certificate }) => certificate);
  return () => ask(leaf, certificates, root);
}

/** Thousands of names under thousands of constraints. */
async function nameConstraints(root: Authority): Promise<() => Promise<string>> {
  const count = 3000;
  const dns = (name: string): Uint8Array => derImplicit(2, derIa5String(name));
  const subtrees = (zone: string): Uint8Array[] =>
    Array.from({ length: count }, (_, index) => derSequence(dns(`${zone}${index}.example`)));
  const constraints = derSequence(
    derExplicit(0, derSequence(dns('example')), ...subtrees('p')),
    derExplicit(1, ...subtrees('x')),
  );
  const issuing = await makeAuthority(root, 'CA', await makeKeys('P-256'), {
    extensions: [{ oid: oids.nameConstraints, critical: true, value: constraints }],
  });
  const names = Array.from({ length: count }, (_, index) => dns(`a${index}.b${index}.example`));
  const leaf = await makeLeaf(issuing, root.certificate.spki, {
    extensions: [{ oid: oids.subjectAltName, value: derSequence(...names) }],
  });
  return () => ask(leaf, [issuing.certificate], root);
}

/** Eight authorities, each of which maps each of many policies to several others. */
async function policyMappings(root: Authority): Promise<() => Promise<string>> {
  const policy = (index: number): Uint8Array => derOid(`1.3.6.1.4.1.99999.${index}`);
  const all = Array.from({ length: 120 }, (_, index) => policy(index));
  const policies = {
    oid: oids.certificatePolicies,
    value: derSequence(...all.map((oid) => derSequence(oid))),
  };
  const mappings = {
    oid: oids.policyMappings,
    value: derSequence(
      ...all.flatMap((from, index) =>
        [1, 7, 31].map((step) => derSequence(from, policy((index * step + step) % all.length))),
      ),
    ),
  };
  const chain: Authority[] = [root];
  for (let level = 0; level < 8; level++) {
    const issuer = chain.at(-1) ?? root;
    const details = { extensions: [policies, mappings] };
    chain.push(await makeAuthority(issuer, `CA ${level}`, await makeKeys('P-256'), details));
  }
  const leaf = await makeLeaf(chain.at(-1) ?? root, root.certificate.spki, { extensions: [policies] });
  return () =>
    ask(
      leaf,
      chain.slice(1).map(({ certificate }) => certificate),
      root,
    );
}

const rsaSpki = (bits: number, exponent: Uint8Array, mark: number): Uint8Array => {
  const modulus = new Uint8Array(bits / 8).fill(0xff);
  modulus[1] = mark;
  return derSequence(
    derSequence(derOid(oids.rsaEncryption), derNull),
    derBitString(derSequence(derInteger(modulus), derInteger(exponent))),
  );
};

/** More issuers of the right name than are ever tried, each with the largest key there may be. */
async function giantKeys(root: Authority): Promise<() => Promise<string>> {
  const keys = await makeKeys('P-256');
  const issuers = await Promise.all(
    Array.from({ length: 130 }, (_, mark) =>
      makeAuthority(root, 'CA', { ...keys, spki: rsaSpki(16_384, Uint8Array.of(1, 0, 1), mark) }),
    ),
  );
  // As long as the modulus and below it, so that each key is tried in full.
  const value = new Uint8Array(2048).fill(0x55);
  const leaf = await makeLeaf(
    {
      ...(await makeAuthority(root, 'CA', keys)),
      key: { algorithm: { name: 'RSA-PKCS1', hash: 'SHA-256' }, sign: () => Promise.resolve(value) },
    },
    root.certificate.spki,
  );
  return () =>
    ask(
      leaf,
      issuers.map(({ certificate }) => certificate),
      root,
    );
}

/** A modulus as long as a certificate may be. */
async function hugeKey(root: Authority): Promise<() => Promise<string>> {
  const keys = await makeKeys('P-256');
  const issuing = await makeAuthority(root, 'CA', {
    ...keys,
    spki: rsaSpki(800_000, new Uint8Array(100_000).fill(0xff), 0),
  });
  const leaf = await makeLeaf(issuing, root.certificate.spki);
  return () => ask(parseCertificate(leaf.der), [parseCertificate(issuing.certificate.der)], root);
}
