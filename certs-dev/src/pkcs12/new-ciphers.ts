import { ContentInfo, EncryptedData, PKCS8ShroudedKeyBag, PrivateKeyInfo } from 'pkijs';
import type { CipherSuite } from './cipher-suite';
import { engine } from './engine';

/** PBES2: PBKDF2 with HMAC-SHA-256, AES-256-CBC (RFC 8018 §6.2). */
function pbes2(password: string): Omit<Parameters<EncryptedData['encrypt']>[0], 'contentToEncrypt'> {
  return {
    password: new TextEncoder().encode(password).buffer,
    // pkijs draws the initialization vector itself; its type wants one all the same.
    contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256, iv: new Uint8Array(16) },
    hmacHashAlgorithm: 'SHA-256',
    iterationCount: 2048,
  };
}

/** What current tools write. */
export const newCiphers: CipherSuite = {
  macHash: 'SHA-256',
  async wrapKey(pkcs8, password) {
    const bag = new PKCS8ShroudedKeyBag({ parsedValue: PrivateKeyInfo.fromBER(pkcs8.slice()) });
    await bag.makeInternalValues(pbes2(password), engine);
    return bag;
  },
  async encrypt(safeContents, password) {
    const data = new EncryptedData();
    await data.encrypt({ ...pbes2(password), contentToEncrypt: safeContents.slice().buffer }, engine);
    return new ContentInfo({ contentType: ContentInfo.ENCRYPTED_DATA, content: data.toSchema() });
  },
};
