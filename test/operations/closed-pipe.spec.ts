import { readyBuild } from '../support/build';
import { runProgram } from './run-program';

const minutes = 60_000;

describe('a program whose reader has gone', () => {
  beforeAll(readyBuild, 5 * minutes);

  it('ends without a word, as by SIGPIPE', async () => {
    const { child, ended } = runProgram('dist/apps/cli/src/main.js', ['--help'], {});
    child.stdout?.destroy();
    expect(await ended).toEqual({ code: 141, said: '' });
  });
});
