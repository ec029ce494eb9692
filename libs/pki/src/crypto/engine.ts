import type { DigestAlgorithm } from './algorithms';
import type { PublicKeyInfo } from './public-key';
import type { VerifiableAlgorithm } from './verifiable-algorithms';
import { webCryptoEngine } from './web-crypto-engine';

/** Where the raw cryptography is done. WebCrypto by default; src/node offers a faster one. */
export interface CryptoEngine {
  digest(hash: DigestAlgorithm, data: Uint8Array): Promise<Uint8Array>;
  /**
   * For ECDSA `signature` is an Ecdsa-Sig-Value in strict DER, for DSA a Dss-Sig-Value. The key is known to suit the
   * algorithm. False for any wrong signature. Throws ALGORITHM_UNSUPPORTED for DSA where the platform has none.
   */
  verify(
    key: PublicKeyInfo,
    algorithm: VerifiableAlgorithm,
    data: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean>;
}

let current: CryptoEngine = webCryptoEngine;

/** Plugs in another engine for the whole process, once, at start. */
export function useCryptoEngine(engine: CryptoEngine): void {
  current = engine;
}

export function cryptoEngine(): CryptoEngine {
  return current;
}

export function digest(hash: DigestAlgorithm, data: Uint8Array): Promise<Uint8Array> {
  return current.digest(hash, data);
}
