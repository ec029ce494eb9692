import { isInstalled } from './programs';

export { isInstalled, runOn, runProgram } from './programs';

/** `it` where all of the programs are installed, else `it.skip`. */
export function itWith(...programs: readonly string[]): jest.It {
  return programs.every(isInstalled) ? it : it.skip;
}
