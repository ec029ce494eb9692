export { ensureDevelopmentPki } from './pki/make';
export type { DevelopmentPki, DevelopmentPkiOptions } from './pki/make';
export { readIndex } from './pki/index-file';
export { developmentPort } from './pki/urls';
