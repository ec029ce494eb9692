export * from './attacks';
export { signedBySomeoneElse } from './foreign-signatures';
export { samplePdf } from './sample-pdfs';
export { localTimestamps, makeTestPki } from './test-pki';
export type { TestPki } from './test-pki';
export { officialSample } from './official-sample';
export { onePixelPng } from './one-pixel-png';
