import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { demoAgency, demoBody, demoDirectory, demoPerson } from '#directory';
import type { Installation } from './installation';
import { startInstallation } from './installation';
import { checkFiles } from './job/check-files';
import { demoOffice, loginAs } from './job/demo-offices';
import type { NumberedDocument, StepObserver } from './job/main-job';
import { draft, issue } from './job/main-job';
import { arrivalOf, until, verifyAndAccept, verifyAndRefuse } from './job/receive';
import { sampleAnnex, sampleLetter } from './job/sample-documents';
import type { UploadedFile } from './job/sealpost-client';

/**
 * `npm run demo [-- --pdf FILE] [--two-nodes]`: the main job once, for one document with an annex to three agencies
 * of two blocs, one of which refuses. Leaves what each side holds in var/demo/ and checks it with the CLI.
 */

const root = resolve(__dirname, '../../../..');
const out = join(root, 'var', 'demo');
const sender = 'tinhuy';
const accepting = ['ubnd', 'dangsonthuy'] as const;
const refusing = 'sonoivu';
const signer = demoPerson('lanhdao.tinhuy');
const refusal = 'Không thuộc thẩm quyền giải quyết của Sở Nội vụ, đề nghị gửi Sở Khoa học và Công nghệ.';

interface Options {
  readonly pdf: string | undefined;
  readonly layout: 'one-node' | 'two-nodes';
}

const show = (text: string): void => {
  console.log(text);
};

const observe: StepObserver = async (step, run) => {
  const started = performance.now();
  const result = await run();
  show(`  ✓ ${step.padEnd(20)} ${String(Math.round(performance.now() - started)).padStart(6)} ms`);
  return result;
};

async function main(): Promise<void> {
  const options = readOptions();
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const installation = await startInstallation({
    dataDir: join(root, 'var', options.layout === 'two-nodes' ? 'demo-two-nodes' : 'demo-node'),
    layout: options.layout,
    httpPort: 0,
    onProgress: (message) => {
      show(`· ${message}`);
    },
  });
  try {
    const files = await papers(options.pdf);
    const document = await send(installation, files);
    await receive(installation, document);
    await keep(installation, document);
  } finally {
    await installation.stop();
  }
  const verdict = await checkFiles(out);
  show(`\nEverything is in ${relative(root, out)}:`);
  for (const line of verdict) show(`  ${line}`);
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: { pdf: { type: 'string' }, 'two-nodes': { type: 'boolean', default: false } },
  });
  return {
    // npm runs scripts in the project's folder; the person may stand elsewhere.
    pdf: values.pdf === undefined ? undefined : resolve(process.env['INIT_CWD'] ?? process.cwd(), values.pdf),
    layout: values['two-nodes'] ? 'two-nodes' : 'one-node',
  };
}

async function papers(pdf: string | undefined): Promise<readonly UploadedFile[]> {
  const main = pdf === undefined ? await sampleLetter() : await readFile(pdf);
  return [
    { bytes: main, name: 'cong-van.pdf', role: 'main', title: 'Công văn' },
    { bytes: await sampleAnnex(), name: 'phu-luc.pdf', role: 'annex', title: 'Phụ lục' },
  ];
}

async function send(installation: Installation, files: readonly UploadedFile[]): Promise<NumberedDocument> {
  show(`\n${demoAgency(sender).name}`);
  const office = await demoOffice(installation.nodeOf(sender).origin, sender);
  const id = await draft(
    office,
    {
      bodyId: demoBody('tinhuy/btv').id,
      typeCode: 'CV',
      abstract:
        'Về việc đẩy mạnh gửi, nhận văn bản điện tử có chữ ký số giữa các cơ quan trong hệ thống chính trị',
      urgency: 1,
      signer: { postId: postOf(signer.id), capacity: 'TM' },
      recipientAgencyIds: [...accepting, refusing].map((key) => demoAgency(key).id),
      files,
    },
    observe,
  );
  const [document] = await issue(office, [id], observe);
  if (!document) throw new Error('the document was not numbered');
  show(`  Số ${document.symbol}, ${document.date}`);
  return document;
}

async function receive(installation: Installation, { id }: NumberedDocument): Promise<void> {
  for (const key of [...accepting, refusing]) {
    show(`\n${demoAgency(key).name}`);
    const clerk = await loginAs(installation.nodeOf(key).origin, `vanthu.${key}`);
    const incoming = await observe('arrive', () => arrivalOf(clerk, id));
    if (key === refusing) {
      await verifyAndRefuse(clerk, incoming.id, refusal, observe);
      show(`  từ chối: ${refusal}`);
    } else {
      const { arrivalNumber, arrivalDate } = await verifyAndAccept(clerk, incoming.id, observe);
      show(`  số đến ${arrivalNumber}, ngày đến ${arrivalDate}`);
      if (key === accepting[0]) await keepCopy(incoming.id, clerk);
    }
  }
}

function postOf(personId: string): string {
  const appointment = demoDirectory.appointments.find((candidate) => candidate.personId === personId);
  if (!appointment) throw new Error(`${personId} holds no post`);
  return appointment.postId;
}

interface FileOf {
  readonly id: string;
  readonly role: string;
}

async function keepCopy(incomingId: string, clerk: Awaited<ReturnType<typeof loginAs>>): Promise<void> {
  const { files } = await clerk.get<{ files: readonly FileOf[] }>(`/incoming/${incomingId}`);
  for (const { id, role } of files)
    await writeFile(
      join(out, `received-${role}.pdf`),
      await clerk.bytes(`/incoming/${incomingId}/files/${id}/content`),
    );
}

/** Waits for every answer, then writes down what the sender holds. */
async function keep(installation: Installation, { id }: NumberedDocument): Promise<void> {
  const { origin } = installation.nodeOf(sender);
  const clerk = await loginAs(origin, `vanthu.${sender}`);
  await until('the answers of all recipients', 60, async () => {
    const { items } = await clerk.get<{ items: readonly { state: string }[] }>(`/documents/${id}/deliveries`);
    return items.every(({ state }) => state === '02' || state === '03') ? items : undefined;
  });
  const { files } = await clerk.get<{ files: readonly FileOf[] }>(`/documents/${id}`);
  for (const file of files)
    await writeFile(
      join(out, `signed-${file.role}.pdf`),
      await clerk.bytes(`/documents/${id}/files/${file.id}/content`),
    );
  await writeJson('evidence.json', await clerk.get(`/documents/${id}/evidence`));
  for (const [name, node, login] of [
    ['trail-sender.json', origin, `kiemtra.${sender}`],
    ['trail-recipient.json', installation.nodeOf(accepting[0]).origin, `thanhtra.${accepting[0]}`],
  ] as const) {
    const inspector = await loginAs(node, login);
    await writeJson(name, await inspector.get(`/audit/entries?documentId=${id}`));
  }
  for (const [name, sources] of [
    ['root.pem', installation.pki.trust.anchors],
    ['intermediates.pem', installation.pki.trust.intermediates],
  ] as const) {
    const parts = await Promise.all(sources.map((path) => readFile(join(installation.pkiDir, path), 'utf8')));
    await writeFile(join(out, name), parts.join(''));
  }
  await mkdir(join(out, 'crl'), { recursive: true });
  for (const path of installation.pki.trust.crls)
    await writeFile(
      join(out, 'crl', path.split('/').at(-1) ?? path),
      await readFile(join(installation.pkiDir, path)),
    );
}

async function writeJson(name: string, value: unknown): Promise<void> {
  await writeFile(join(out, name), `${JSON.stringify(value, null, 2)}\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exit(1);
});
