import { demoDirectory, demoPin } from '#directory';
import type { PkiAuthority, PkiCase, PkiCertificate, PkiHolder, PkiIndex, PkiNode } from '#directory';
import { handwritingPng, sealPng } from '../images';
import { thumbprint } from '#pki';
import { buildPkcs12 } from '../pkcs12/build';
import type { Authorities, Authority, Issued } from './authorities';
import type { Cases, HolderCase } from './cases';
import type { PkiFolder } from './folder';
import type { Holder } from './holders';
import type { Transport } from './transport';

/** Opens every PKCS #12 file of the demo; it protects nothing. */
const pkcs12Password = 'trinh-dien';

type Files = Pick<PkiCertificate, 'certificate' | 'key' | 'chain'>;

async function described(made: Issued, files: Files): Promise<PkiCertificate> {
  const { serialNumber, notBefore, notAfter } = made.certificate;
  return {
    name: made.name,
    ...files,
    algorithm: made.keys.algorithm,
    thumbprint: await thumbprint(made.certificate),
    serialNumber,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
  };
}

async function writePair(
  folder: PkiFolder,
  path: string,
  made: Issued,
): Promise<Pick<Files, 'certificate' | 'key'>> {
  const certificate = await folder.writeCertificate(`${path}.pem`, made.certificate.der);
  return { certificate, key: await folder.writeKey(`${path}.key.pem`, made.keys.pkcs8) };
}

/** Root, authorities, TSA and responders, below `authorities/`. */
export function writeAuthorities(folder: PkiFolder, authorities: Authorities): Promise<PkiAuthority[]> {
  return Promise.all(Object.values(authorities).map((authority) => writeAuthority(folder, authority)));
}

async function writeAuthority(folder: PkiFolder, authority: Authority): Promise<PkiAuthority> {
  const { id, issuer } = authority;
  const files = await writePair(folder, `authorities/${id}`, authority);
  const chain = issuer === 'root' ? [] : [`authorities/${issuer}.pem`];
  const crl = id === 'root' || id.endsWith('-ca') ? { crl: `crl/${id}.crl` } : {};
  return { id, issuer, ...(await described(authority, { ...files, chain })), ...crl };
}

/** `agencies/<key>/<use>.*` and `people/<key>/<use>.*`. */
export function writeHolders(
  folder: PkiFolder,
  holders: readonly Holder[],
  authorities: Authorities,
): Promise<PkiHolder[]> {
  return Promise.all(
    holders.map((holder) => {
      const { kind, key } = holder.owner;
      const path = `${kind === 'agency' ? 'agencies' : 'people'}/${key}/${holder.use}`;
      const issuer = authorities[holder.issuer].certificate;
      return writeHolder(folder, path, holder, { der: issuer.der, path: `authorities/${holder.issuer}.pem` });
    }),
  );
}

async function writeHolder(
  folder: PkiFolder,
  path: string,
  holder: Holder,
  issuer: { readonly der: Uint8Array; readonly path: string },
): Promise<PkiHolder> {
  const files = await writePair(folder, path, holder);
  const common = {
    owner: holder.owner,
    use: holder.use,
    ...(await described(holder, { ...files, chain: [issuer.path] })),
  };
  if (holder.use === 'evidence') return common;
  const content = {
    pkcs8: holder.keys.pkcs8,
    certificates: [holder.certificate.der, issuer.der],
    friendlyName: holder.name,
    password: pkcs12Password,
  };
  const pkcs12 = await folder.writeSecret(`${path}.p12`, await buildPkcs12(content, 'new'));
  const attended = { ...common, pkcs12, pkcs12Password, pin: demoPin };
  if (holder.keys.algorithm !== 'RSA-3072') return attended;
  const pkcs12Old = await folder.writeSecret(`${path}.old.p12`, await buildPkcs12(content, 'old'));
  return { ...attended, pkcs12Old };
}

/** `cases/<case>/<person|agency>.*`, and the impostor's certificate. */
export async function writeCases(
  folder: PkiFolder,
  cases: Cases,
  authorities: Authorities,
): Promise<PkiCase[]> {
  const impostor = await writePair(folder, 'cases/untrusted/impostor-ca', cases.impostor);
  const write = async (holder: HolderCase): Promise<PkiCase> => {
    const genuine = {
      der: authorities[holder.issuer].certificate.der,
      path: `authorities/${holder.issuer}.pem`,
    };
    const forged = { der: cases.impostor.certificate.der, path: impostor.certificate };
    const issuer = holder.case === 'untrusted' ? forged : genuine;
    const written = await writeHolder(folder, `cases/${holder.case}/${holder.owner.kind}`, holder, issuer);
    return { ...written, case: holder.case };
  };
  return Promise.all(cases.holders.map(write));
}

export async function writeTransport(
  folder: PkiFolder,
  transport: Transport,
): Promise<PkiIndex['transport']> {
  const { certificate: ca } = await writePair(folder, 'transport/ca', transport.ca);
  const nodes = transport.nodes.map(async (node): Promise<PkiNode> => {
    const files = await writePair(folder, `transport/${node.nodeId}`, node);
    return { nodeId: node.nodeId, ...(await described(node, { ...files, chain: [] })) };
  });
  return { ca, nodes: await Promise.all(nodes) };
}

/** What verifiers are given: anchors and intermediates, and one bundle for `--trust`. */
export async function writeTrust(folder: PkiFolder, authorities: Authorities): Promise<PkiIndex['trust']> {
  const copy = (id: 'root' | 'party-ca' | 'state-ca'): Promise<string> =>
    folder.writeCertificate(`trust/${id}.pem`, authorities[id].certificate.der);
  return {
    anchors: [await copy('root')],
    intermediates: [await copy('party-ca'), await copy('state-ca')],
    crls: ['crl/root.crl', 'crl/party-ca.crl', 'crl/state-ca.crl'],
  };
}

/** Handwriting of every person and the red seal of every agency. */
export async function writeImages(folder: PkiFolder): Promise<Pick<PkiIndex, 'handwriting' | 'seals'>> {
  const handwriting = demoDirectory.people.map(async ({ id, key, fullName }) => ({
    personId: id,
    png: await folder.writePublic(`people/${key}/handwriting.png`, handwritingPng(fullName)),
  }));
  const seals = demoDirectory.agencies.map(async ({ id, key, name }) => ({
    agencyId: id,
    png: await folder.writePublic(`agencies/${key}/seal.png`, sealPng(name)),
  }));
  return { handwriting: await Promise.all(handwriting), seals: await Promise.all(seals) };
}
