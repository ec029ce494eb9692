import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPerson } from '#directory';
import { loadStampFont } from '#pdf/node';
import { parseSignedData } from '#pki';
import { signPdf, verifyPdf } from '#signing';
import { runCli } from '../../apps/cli/src/run-cli';
import { arrivalOf, verifyAndAccept } from '../../apps/launcher/src/job/receive';
import type { Attack } from '../../libs/signing/src/testing';
import {
  annotationAdded,
  appearanceRefilled,
  bytesHidden,
  contentReplaced,
  fieldRefilled,
  pageSwapped,
  samplePdf,
  signatureAppearanceSwapped,
  signedByteAltered,
  textFieldAdded,
} from '../../libs/signing/src/testing';
import type { Staff } from '../support/desk';
import { Desk, staffs } from '../support/desk';
import { trustOf } from '../support/development-pki';
import { signerOf } from '../support/holder-keys';
import { itWith } from '../support/outside-programs';
import {
  opensslComplaints,
  pdfsigVerdicts,
  qpdfComplaints,
  signaturesIn,
} from '../support/outside-verifiers';
import type { TestNode } from '../support/test-node';
import { startTestNode } from '../support/test-node';

/** The main job on papers and by people of every kind, and what becomes of them when somebody alters them. */

const rsaPss = '1.2.840.113549.1.1.10';
const ecdsa = '1.2.840.10045.4.3.2';

interface Paper {
  readonly what: string;
  readonly by: Staff;
  readonly pages: number;
  readonly make: () => Promise<Uint8Array>;
  readonly symbol: string;
  /** Fields signed, with the algorithm of each, oldest first. */
  readonly signatures: readonly (readonly [string, string])[];
}

const foreignField = 'Signature1';
const ours = (person: string, agency: string) =>
  [
    ['PersonalSignature', person],
    ['AgencySignature', agency],
  ] as const;

const papers: readonly Paper[] = [
  {
    what: '3 pages, of the Party, ECDSA',
    by: staffs.provinceBoard,
    pages: 3,
    make: () => samplePdf({ pages: 3, xref: 'table' }),
    symbol: '01-CV/TU',
    signatures: ours(ecdsa, ecdsa),
  },
  {
    what: 'cross-reference streams, of the State, RSA',
    by: staffs.peoplesCommittee,
    pages: 3,
    make: () => samplePdf({ pages: 3, xref: 'stream' }),
    symbol: '01/QĐ-UBND',
    signatures: ours(rsaPss, rsaPss),
  },
  {
    what: '300 pages, of the State, by a deputy',
    by: staffs.ministry,
    pages: 300,
    make: () => samplePdf({ pages: 300, xref: 'table' }),
    symbol: '01/QĐ-BKHCN',
    signatures: ours(ecdsa, ecdsa),
  },
  {
    what: "somebody's approval signature, of the Party, RSA person and ECDSA agency",
    by: staffs.provinceDeputy,
    pages: 2,
    make: approvedElsewhere,
    symbol: '01-KL/TU',
    signatures: [[foreignField, ecdsa], ...ours(rsaPss, ecdsa)],
  },
  {
    what: 'turned pages, of a body without seal',
    by: staffs.cell,
    pages: 2,
    make: () => samplePdf({ pages: 2, xref: 'table', rotate: 90 }),
    symbol: '01-NQ/CB',
    signatures: [['PersonalSignature', ecdsa]],
  },
];

let node: TestNode;
const issued = new Map<
  Paper,
  { readonly upload: Uint8Array; readonly bytes: Uint8Array; readonly id: string }
>();

beforeAll(async () => {
  node = await startTestNode();
  for (const paper of papers) issued.set(paper, await issue(paper));
}, 180_000);
afterAll(() => node.close());

async function issue(paper: Paper) {
  const desk = new Desk(node, paper.by);
  const upload = await paper.make();
  const hasSeal = paper.by !== staffs.cell;
  const id = await (hasSeal ? desk.issued({}, { bytes: upload }) : desk.numbered({}, { bytes: upload }));
  const clerk = await node.client(paper.by.clerk);
  if (!hasSeal) await clerk.post(`/documents/${id}/issue`);
  const { files, symbol } = await clerk.get<{ files: { id: string }[]; symbol: string }>(`/documents/${id}`);
  expect(symbol).toBe(paper.symbol);
  return { upload, id, bytes: await clerk.bytes(`/documents/${id}/files/${files[0]!.id}/content`) };
}

/** A head of another agency has approved the paper before it is uploaded. */
async function approvedElsewhere(): Promise<Uint8Array> {
  return signPdf(await samplePdf({ pages: 2, xref: 'table' }), {
    fieldName: foreignField,
    appearance: { kind: 'invisible' },
    claimedTime: new Date(),
    signer: await signerOf(node.pki, demoPerson('lanhdao.sonoivu').id),
  });
}

const finished = (paper: Paper) => issued.get(paper)!;
const rootPath = (): string => join(node.pki.folder, node.pki.index.trust.anchors[0]!);

describe.each(papers.map((paper) => [paper.what, paper] as const))('a paper of %s', (_, paper) => {
  it('is issued with its bytes kept, and every signature passes', async () => {
    const { upload, bytes } = finished(paper);
    expect(Buffer.compare(bytes.subarray(0, upload.length), upload)).toBe(0);
    const report = await verifyPdf(bytes, await trustOf(node.pki));
    expect(report.signatures.map(({ field, indication }) => [field, indication])).toEqual(
      paper.signatures.map(([field]) => [field, 'TOTAL-PASSED']),
    );
  });

  it('is signed by the algorithm of each key', () => {
    const used = signaturesIn(finished(paper).bytes).map(
      ({ cms }) => parseSignedData(cms).signerInfos[0]!.signatureAlgorithm.oid,
    );
    expect(used).toEqual(paper.signatures.map(([, algorithm]) => algorithm));
  });

  it('arrives, is verified and accepted with its pages counted', async () => {
    const recipient = await node.client('vanthu.dangsonthuy');
    const arrived = await arrivalOf(recipient, finished(paper).id);
    const read = await recipient.get(`/incoming/${arrived.id}`);
    expect(read).toMatchObject({ counts: { files: 1, pages: paper.pages } });
    const { arrivalNumber } = await verifyAndAccept(recipient, arrived.id);
    expect(arrivalNumber).toBe(papers.indexOf(paper) + 1);
    expect(await recipient.get(`/incoming/${arrived.id}`)).toMatchObject({
      verification: { verdict: 'TOTAL-PASSED' },
    });
  });

  itWith('pdfsig')('satisfies pdfsig', () => {
    const verdicts = pdfsigVerdicts(finished(paper).bytes);
    expect(verdicts.map(({ valid }) => valid)).toEqual(paper.signatures.map(() => true));
    // Where the body has no seal, the number is filled in after the last signature.
    expect(verdicts.at(-1)?.total).toBe(paper.by !== staffs.cell);
  });

  itWith('qpdf')('satisfies qpdf', () => {
    expect(qpdfComplaints(finished(paper).bytes)).toBe('');
  });

  itWith('openssl')('satisfies openssl', () => {
    expect(opensslComplaints(finished(paper).bytes, readFileSync(rootPath()))).toEqual([]);
  });
});

describe('a twin of an issued file', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'sealpost-twins-'))));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const number = (attack: (field: string, text: string, font: Uint8Array) => Attack): Attack => {
    return async (signed) => attack('DocumentNumber', 'Số 99-CV/TU', await loadStampFont('tinos'))(signed);
  };
  const [plain, streamed, , approved, sealless] = papers as [Paper, Paper, Paper, Paper, Paper];

  it.each<[string, Paper, Attack]>([
    ['its number changed', plain, number(fieldRefilled)],
    ['its number shown otherwise', plain, number(appearanceRefilled)],
    ['its number changed, without a seal over it', sealless, number(fieldRefilled)],
    ['its page object swapped', plain, pageSwapped],
    ['its page object swapped, in cross-reference streams', streamed, pageSwapped],
    ["a field added after somebody's signature", approved, textFieldAdded],
    ['its content replaced', plain, contentReplaced],
    ['a note laid over it', streamed, annotationAdded],
    ['another picture in the seal', plain, signatureAppearanceSwapped('AgencySignature')],
    ['bytes hidden in it', plain, bytesHidden],
    ['one signed byte altered', plain, signedByteAltered],
  ])('with %s fails as a whole, from us and from the command line', async (_, paper, attack) => {
    const { bytes } = finished(paper);
    const twin = await attack(bytes);
    expect(Buffer.compare(twin, bytes)).not.toBe(0);
    const report = await verifyPdf(twin, await trustOf(node.pki));
    expect(report.indication).toBe('TOTAL-FAILED');
    const said = await verifyByCommand(folder, twin);
    expect(said).toMatchObject({ code: 2, report: { indication: 'TOTAL-FAILED' } });
  });

  it.each(papers.map((paper) => [paper.what, paper] as const))(
    'that is a plain copy passes on the command line: %s',
    async (_, paper) => {
      const said = await verifyByCommand(folder, finished(paper).bytes);
      expect(said).toMatchObject({ code: 0, report: { indication: 'TOTAL-PASSED' } });
    },
  );
});

describe('an upload changed after somebody signed it', () => {
  it('stays what it was: the foreign signature fails, and a recipient refuses to accept', async () => {
    const desk = new Desk(node, staffs.department);
    const bytes = await textFieldAdded(await approvedElsewhere());
    const id = await desk.issued({}, { bytes });
    const recipient = await node.as('vanthu.dangsonthuy');
    const { id: arrived } = await arrivalOf(await node.client('vanthu.dangsonthuy'), id);
    const verified = await recipient.post(`/incoming/${arrived}/verify`);
    expect(verified.body).toMatchObject({ verdict: 'TOTAL-FAILED' });
    const accepted = await recipient.post(`/incoming/${arrived}/accept`);
    expect(accepted.outcome).toBe('409 INCOMING_INVALID');
    const reason = 'Chữ ký của cơ quan phối hợp không hợp lệ.';
    expect((await recipient.post(`/incoming/${arrived}/refuse`, { reason })).outcome).toBe('200');
  });
});

async function verifyByCommand(folder: string, bytes: Uint8Array) {
  const file = join(folder, 'twin.pdf');
  writeFileSync(file, bytes);
  const lines: string[] = [];
  const crls = node.pki.index.trust.crls.flatMap((path) => ['--crl', join(node.pki.folder, path)]);
  const code = await runCli(['verify', '--json', '--trust', rootPath(), ...crls, file], {
    out: (line) => lines.push(line),
    err: (line) => lines.push(line),
  });
  return { code, report: JSON.parse(lines.join('')) as { indication: string } };
}
