export { ensureDevelopmentPki } from './pki/make';
export type { DevelopmentPki, DevelopmentPkiOptions } from './pki/make';
export { developmentPort } from './pki/urls';
export { startDevelopmentPki } from './server/start';
export type { DevelopmentServer, DevelopmentServerOptions } from './server/start';
