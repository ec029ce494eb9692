import { asProgram } from './as-program';
import { runCli } from './run-cli';

asProgram(runCli);
