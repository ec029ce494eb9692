import type { ContentInfo, SafeBag } from 'pkijs';

/** How a generation of tools protected the two halves of a file. */
export interface CipherSuite {
  /** EncryptedPrivateKeyInfo of a PrivateKeyInfo, ready for a PKCS8ShroudedKeyBag. */
  wrapKey(pkcs8: Uint8Array, password: string): Promise<SafeBag['bagValue']>;
  /** EncryptedData of SafeContents. */
  encrypt(safeContents: Uint8Array, password: string): Promise<ContentInfo>;
  readonly macHash: 'SHA-1' | 'SHA-256';
}
