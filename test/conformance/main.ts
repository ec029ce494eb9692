import { asProgram } from '../../apps/cli/src/as-program';
import { runConformance } from './run-conformance';

asProgram(runConformance);
