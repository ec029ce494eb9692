import { spawnSync } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseCertificate, parseCrl, parsePem } from '#pki';
import { verifyEvidenceChain } from '#workflow';

const cli = resolve(__dirname, '../../../cli/src/main.js');

interface FileVerdict {
  readonly file: string;
  readonly indication: string | null;
  readonly error: string | null;
  readonly signatures: readonly {
    readonly field: string;
    readonly indication: string;
    readonly signer: { readonly name: string } | null;
  }[];
}

/**
 * Checks the PDFs of a demo with the command-line program and the evidence with the offline verifier. Answers a line
 * per file. @throws Error when a signature is broken, or none of a file is good.
 */
export async function checkFiles(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.pdf')).sort();
  const verdicts = verdictsOf(folder, names);
  const lines = verdicts.map((verdict, index) => lineOf(verdict, names[index] ?? verdict.file));
  await sameBytes(folder, names);
  const recipients = await provenRecipients(folder);
  return [...lines, `evidence.json  ${recipients} recipients, each step proved`, ...(await trails(folder))];
}

async function trails(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('trail-')).sort();
  return Promise.all(
    names.map(async (name) => {
      const trail = JSON.parse(await readFile(join(folder, name), 'utf8')) as { items: readonly unknown[] };
      if (trail.items.length === 0) throw new Error(`${name} is empty`);
      return `${name}  ${trail.items.length} entries`;
    }),
  );
}

/** Checks the evidence with nothing but the anchors; answers how many deliveries it proves. */
async function provenRecipients(folder: string): Promise<number> {
  const certificates = async (name: string) =>
    parsePem(await readFile(join(folder, name), 'utf8')).map((der) => parseCertificate(der));
  const crls = await Promise.all(
    (await readdir(join(folder, 'crl'))).map(async (name) =>
      parseCrl(await readFile(join(folder, 'crl', name))),
    ),
  );
  const trust = {
    anchors: await certificates('root.pem'),
    intermediates: await certificates('intermediates.pem'),
    crls,
    ocsps: [],
  };
  const chain: unknown = JSON.parse(await readFile(join(folder, 'evidence.json'), 'utf8'));
  const verdict = await verifyEvidenceChain(chain, trust, { certificate: parseCertificate, crl: parseCrl });
  if (!verdict.ok) throw new Error(`evidence.json does not prove itself: ${JSON.stringify(verdict)}`);
  return verdict.deliveries.length;
}

function verdictsOf(folder: string, names: readonly string[]): readonly FileVerdict[] {
  const trust = ['--trust', join(folder, 'root.pem'), '--crl', join(folder, 'crl')];
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [cli, 'verify', '--json', ...trust, ...names.map((name) => join(folder, name))],
    { encoding: 'utf8' },
  );
  if (status === null || status === 64) throw new Error(`the CLI did not verify: ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as FileVerdict);
}

/** Others' signatures may be of people whom this installation does not know: they only must not be broken. */
function lineOf({ indication, error, signatures }: FileVerdict, name: string): string {
  const passed = signatures.filter((signature) => signature.indication === 'TOTAL-PASSED');
  if (indication === 'TOTAL-FAILED' || indication === null || passed.length === 0)
    throw new Error(`${name}: ${indication ?? error ?? 'unsigned'}`);
  const signers = signatures.map(({ signer, indication: each }) => `${signer?.name ?? '?'} ${each}`);
  return `${name}  ${signers.join(' · ')}`;
}

/** After issue the bytes are final: the recipient holds the very same. */
async function sameBytes(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names.filter((candidate) => candidate.startsWith('received-'))) {
    const [received, signed] = await Promise.all(
      [name, name.replace('received-', 'signed-')].map((file) => readFile(join(folder, file))),
    );
    if (!received || !signed || !received.equals(signed))
      throw new Error(`${name} differs from what was sent`);
  }
}
