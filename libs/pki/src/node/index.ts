export { nodeCryptoEngine, useNodeCrypto } from './node-crypto-engine';
export { nodeSigner } from './node-signer';
export { openPkcs12 } from './open-pkcs12';
export type { Pkcs12Content } from './open-pkcs12';
export { parseFetchRule } from './fetch/fetch-rules';
export type { FetchRule } from './fetch/fetch-rules';
export { guardedFetcher } from './fetch/guarded-fetcher';
export { readSourcesFolder } from './read-sources-folder';
