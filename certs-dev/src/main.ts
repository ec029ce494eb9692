import { parseArgs } from 'node:util';
import { ensureDevelopmentPki } from './pki/make';

const usage = `Makes a development PKI for demonstration and tests.

  certs-dev [--out var/pki] [--port 7318]

A good one that is already there is kept.`;

const outcomes = { kept: 'kept as it is', renewed: 'kept, CRLs renewed', made: 'made' } as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'var/pki' },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const started = performance.now();
  const port = values.port === undefined ? {} : { port: Number(values.port) };
  const { index, outcome } = await ensureDevelopmentPki({ out: values.out, ...port });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${values.out}: ${outcomes[outcome]} in ${seconds} s, ${index.holders.length} certificates of holders`,
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
