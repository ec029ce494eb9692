import { demoDirectory, demoPassword, demoPin } from '#directory';
import { join, resolve } from 'node:path';
import { startInstallation } from './installation';

/** `npm start`: one node with demo agencies and people, until it is told to stop. SEALPOST_VAR: where its data is. */

const dataDir = resolve(process.env['SEALPOST_VAR'] ?? join(__dirname, '../../../..', 'var'));

/** One login per role, of the two agencies that the README's walk uses. */
const personas = [
  'chuyenvien.tinhuy',
  'lanhdao.tinhuy',
  'vanthu.tinhuy',
  'vanthu.ubnd',
  'kiemtra.tinhuy',
  'quantri.tinhuy',
];

async function main(): Promise<void> {
  const installation = await startInstallation({
    dataDir,
    layout: 'one-node',
    httpPort: Number(process.env['SEALPOST_HTTP_PORT'] ?? 3000),
    onProgress: (message) => {
      console.log(`sealpost: ${message}`);
    },
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    console.log('\nsealpost: stopping …');
    installation.stop().then(
      () => process.exit(process.exitCode ?? 0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  for (const node of installation.nodes) {
    console.log(banner(node.origin));
    for (const program of [node.api, node.worker])
      void program.ended.then(() => {
        if (stopping) return;
        console.error(`sealpost: ${program.name} ended; see ${join(dataDir, 'log', `${program.name}.log`)}`);
        process.exitCode = 1;
        stop();
      });
  }
}

function banner(origin: string): string {
  const people = demoDirectory.people.filter(({ key }) => personas.includes(key));
  const width = Math.max(...people.map(({ key }) => key.length));
  return [
    '',
    `  Sealpost  ${origin}        API: ${origin}/api/docs`,
    '',
    ...people.map(
      ({ key, fullName, title }) => `  ${key.padEnd(width)}  ${fullName}, ${title.toLowerCase()}`,
    ),
    '',
    `  password ${demoPassword}   PIN ${demoPin}`,
    '  KHÓA TRÌNH DIỄN, KHÔNG DÙNG CHO BÍ MẬT · Demo keys: not for secrets.',
    `  Ctrl+C stops everything; data stays in ${dataDir}.`,
    '',
  ].join('\n');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
