import { benchDesk } from './desk';
import { benchMainJob } from './main-job';
import { benchPaths } from './paths';

/** `npm run -s bench -- NAME`: each benchmark prints its figures and ends with one line of JSON. */
const benchmarks: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  desk: benchDesk,
  'main-job': benchMainJob,
  paths: benchPaths,
};

const [name = '', ...args] = process.argv.slice(2);
const benchmark = benchmarks[name];
if (benchmark === undefined) {
  console.error(`usage: npm run -s bench -- ${Object.keys(benchmarks).join('|')} [OPTION…]`);
  process.exitCode = 64;
} else {
  benchmark(args).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
