/**
 * Builds the addon for PKCS#11 tokens: `npm run tokens`. Installing runs no scripts of packages, so this one is
 * built only where tokens are used. Wants what node-gyp wants: Python 3, make and a C++ compiler (on Windows the
 * Build Tools of Visual Studio).
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const addon = join(root, 'node_modules', 'pkcs11js');

function fail(message) {
  process.stderr.write(`sealpost: ${message}\n`);
  process.exit(1);
}

/** npm brings node-gyp along. It is called by itself, since which scripts of packages npm runs differs by version. */
function nodeGyp() {
  const npm = process.env.npm_execpath;
  if (!npm) return fail('run it as: npm run tokens. Hãy chạy bằng lệnh: npm run tokens');
  return createRequire(npm).resolve('node-gyp/bin/node-gyp.js');
}

/** Headers lie beside most Nodes, the packaged one included; only without them does node-gyp download some. */
function headers() {
  const folder = resolve(dirname(process.execPath), '..');
  return existsSync(join(folder, 'include', 'node', 'node_api.h')) ? [`--nodedir=${folder}`] : [];
}

if (!existsSync(addon)) fail('the package pkcs11js is not installed. Chưa cài gói pkcs11js.');
const { status } = spawnSync(process.execPath, [nodeGyp(), 'rebuild', '--loglevel=warn', ...headers()], {
  cwd: addon,
  stdio: 'inherit',
});
if (status !== 0) fail('the addon was not built, see above. Không biên dịch được, xem thông báo ở trên.');
createRequire(join(root, 'package.json'))('pkcs11js');
process.stderr.write('sealpost: tokens can be used. Đã dùng được thiết bị khóa.\n');
