/**
 * Brings a checkout to a runnable state, then hands over to the pinned Node:
 *
 *   node apps/launcher/run.mjs PROGRAM [ARG…]
 *
 * Installs from the lock file if needed, builds if a source is newer than the build, and runs PROGRAM (a path
 * relative to the repository). Built-ins only, so that any Node ≥ 20.19 can start it on a fresh clone. Its own
 * messages go to stderr: stdout belongs to PROGRAM.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
/** What is built from what; a build newer than all its sources is kept. */
const builds = [
  {
    name: 'the server',
    stamp: join(root, 'dist', '.built'),
    program: ['@nestjs/cli/bin/nest.js', 'build'],
    sources: ['apps', 'libs', 'certs-dev', 'test', 'package.json', 'tsconfig.json', 'tsconfig.build.json'],
    isSource: (path) => /(?<!\.spec)\.ts$/.test(path) && !path.startsWith(join(root, 'apps', 'web')),
  },
  {
    name: 'the page',
    stamp: join(root, 'dist', 'web', '.built'),
    program: ['vite/bin/vite.js', 'build', 'apps/web', '--logLevel=warn'],
    sources: ['apps/web', 'package.json'],
    isSource: () => true,
  },
];

const say = (message) => process.stderr.write(`sealpost: ${message}\n`);
const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

function fail(message) {
  say(message);
  process.exit(1);
}

/** npm writes node_modules/.package-lock.json last, so an interrupted install is never taken for a finished one. */
function installIfNeeded() {
  const installed = modified(join(root, 'node_modules', '.package-lock.json'));
  if (installed >= modified(join(root, 'package-lock.json')) && installed > 0) return;
  say('installing packages from the lock file (once) …');
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const { status } = spawnSync(command, [...first, 'ci', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, npm_config_ignore_scripts: 'true' },
  });
  if (status !== 0) fail('npm ci failed, see above. Không cài được các gói phụ thuộc, xem thông báo ở trên.');
}

/** Node 24 comes as a package on Linux; elsewhere the system's own has to be new enough. */
function pinnedNode() {
  const packaged = join(root, 'node_modules', '.bin', 'node');
  if (existsSync(packaged)) return packaged;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(
    `Node ${process.versions.node} is too old on this platform: install Node 24. Cần cài Node 24 trên nền tảng này.`,
  );
}

function newestSource({ sources, isSource }) {
  let newest = 0;
  const visit = (path) => {
    if (!statSync(path).isDirectory()) newest = Math.max(newest, modified(path));
    else
      for (const name of readdirSync(path)) {
        const inside = join(path, name);
        if (statSync(inside).isDirectory() || isSource(inside)) visit(inside);
      }
  };
  for (const source of sources) visit(join(root, source));
  return newest;
}

function buildIfNeeded(node, build) {
  const { name, stamp, program } = build;
  if (modified(stamp) >= newestSource(build)) return;
  say(`building ${name} …`);
  const startedAt = new Date();
  rmSync(stamp, { force: true });
  const [script, ...args] = program;
  const { status } = spawnSync(node, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) fail('the build failed, see above. Biên dịch không thành công, xem thông báo ở trên.');
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, startedAt.toISOString());
}

function handOver(node, [program, ...args]) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, program), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  // A terminal sends its signals to the whole group; a supervisor sends them to this process alone.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

const [program] = process.argv.slice(2);
if (!program) fail('usage: node apps/launcher/run.mjs PROGRAM [ARG…]');
installIfNeeded();
const node = pinnedNode();
for (const build of builds) buildIfNeeded(node, build);
handOver(node, process.argv.slice(2));
