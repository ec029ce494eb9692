import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captured } from '../../../../test/support/captured';
import { runCli } from '../run-cli';
import { commands } from './index';

const names = Object.keys(commands);

/** An option that takes a value, of each command. */
const valued: Readonly<Record<string, string>> = {
  backup: '--to',
  'cert show': '--json=nothing',
  'cert verify': '--trust',
  restore: '--from',
  verify: '--trust',
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealpost-usage-'));
  writeFileSync(join(folder, 'notes.txt'), 'no certificate');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(args: readonly string[]): ReturnType<typeof captured> {
  return captured((io) => runCli(args, io));
}

describe('what was typed wrongly exits 64', () => {
  it('and every command is asked below', () => {
    expect(Object.keys(valued).sort()).toEqual([...names].sort());
  });

  it.each(
    names.flatMap((name) => [
      { name, what: 'no argument', args: [] },
      { name, what: 'an unknown option', args: ['--unknown', 'x'] },
      { name, what: 'a missing or needless value', args: [valued[name] ?? ''] },
      { name, what: 'an option in place of a value', args: [valued[name] ?? '', '--json'] },
    ]),
  )('$name with $what, in both languages and with the line of usage', async ({ name, args }) => {
    const { code, out, err } = await run([...name.split(' '), ...args]);
    expect(code).toBe(64);
    expect(out).toEqual([]);
    expect(err).toHaveLength(3);
    expect(err[0]).toMatch(/[ạảãáàăâđẽéèêếệịỉọộốơớờụủưứự]/);
    expect(err[2]).toBe(commands[name]?.usage);
  });

  it.each([[['nonsense']], [['cert']], [['cert', 'nonsense']], [['toString']], [['constructor', 'name']]])(
    'as does %j, which is no command',
    async (args) => {
      const { code, err } = await run(args);
      expect(code).toBe(64);
      expect(err[0]).toContain('There is no command');
    },
  );

  it.each([
    ['verify', '--trust', 'absent.pem', 'a.pdf'],
    ['verify', '--trust', 'notes.txt', 'a.pdf'],
    ['verify', '--crl', 'notes.txt', 'a.pdf'],
    ['cert', 'verify', 'notes.txt'],
    ['cert', 'verify', '--trust', 'absent.pem', 'notes.txt'],
    ['cert', 'verify', '--trust', 'notes.txt', 'notes.txt'],
    ['cert', 'show', 'absent.pem'],
    ['backup', '--to', '', 'more'],
    ['restore', '--from', ''],
  ])('as do files that cannot be used: %s %s %s %s', async (...args) => {
    const inFolder = args.map((arg) => (/\.(txt|pem|pdf)$/.test(arg) ? join(folder, arg) : arg));
    expect((await run(inFolder)).code).toBe(64);
  });

  it('and does not repeat to the terminal what would steer it', async () => {
    const { err } = await run(['\u001b[2J\u202ecert']);
    expect(err[0]).toContain('\\u001b[2J\\u202ecert');
    expect(err.join('')).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });
});
