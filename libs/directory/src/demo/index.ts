export {
  demoAgency,
  demoBody,
  demoDirectory,
  demoLogins,
  demoNodeIds,
  demoNodeOf,
  demoPassword,
  demoPerson,
  demoPin,
} from './data';
export type { DemoLayout } from './data';
export type { DemoAgency, DemoDirectory, DemoPerson, KeyAlgorithm } from './flatten';
export { readPkiIndex, seedDemoDirectory } from './seed';
export type { LoadedPki } from './seed';
