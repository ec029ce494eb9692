export type { TestDatabase, TestDatabaseSettings } from './test-database';
export { emptyTestDatabase, testDatabase } from './test-database';
export { aPerson, aSystem, anAnonymous } from './test-actors';
export { testConfig } from './test-config';
export { lineOf, startTypeScript } from './child-process';
export { closeTestRun, openTestRun, runFolderVariable, withLock } from './test-server';
