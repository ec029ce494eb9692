import { CryptoEngine } from 'pkijs';

/** pkijs on Node's own WebCrypto. */
export const engine = new CryptoEngine({ name: 'node', crypto: globalThis.crypto });
