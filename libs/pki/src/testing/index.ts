/** Certificates, keys and lists made by code, for the specs of other rooms. */
export { testAuthority, testCrl, testHolder, testRoot, times } from './test-pki';
export type { TestAuthority, TestHolder } from './test-pki';
