import { Integer, OctetString, Sequence } from 'asn1js';
import forge from 'node-forge';
import {
  AlgorithmIdentifier,
  ContentInfo,
  EncryptedContentInfo,
  EncryptedData,
  PKCS8ShroudedKeyBag,
} from 'pkijs';
import type { CipherSuite } from './cipher-suite';

const iterations = 2048;
const pbeWithSha1And40BitRc2 = '1.2.840.113549.1.12.1.6';

/** What older tools write and current ones still have to open (RFC 7292 Appendix C). Node no longer has RC2. */
export const oldCiphers: CipherSuite = {
  macHash: 'SHA-1',
  wrapKey(pkcs8, password) {
    const key = forge.asn1.fromDer(binary(pkcs8));
    const options = { algorithm: '3des', count: iterations, saltSize: 8 } as const;
    const wrapped = forge.asn1.toDer(forge.pki.encryptPrivateKeyInfo(key, password, options)).getBytes();
    return Promise.resolve(PKCS8ShroudedKeyBag.fromBER(Buffer.from(wrapped, 'latin1')));
  },
  encrypt(safeContents, password) {
    const salt = forge.random.getBytesSync(8);
    const derived = (id: number, length: number): forge.util.ByteBuffer =>
      forge.pkcs12.generateKey(password, forge.util.createBuffer(salt), id, iterations, length);
    const cipher = forge.rc2.createEncryptionCipher(derived(1, 5).getBytes(), 40);
    cipher.start(derived(2, 8));
    cipher.update(forge.util.createBuffer(binary(safeContents)));
    cipher.finish();
    const algorithmParams = new Sequence({
      value: [new OctetString({ valueHex: bytes(salt) }), new Integer({ value: iterations })],
    });
    const encryptedContentInfo = new EncryptedContentInfo({
      contentType: ContentInfo.DATA,
      contentEncryptionAlgorithm: new AlgorithmIdentifier({
        algorithmId: pbeWithSha1And40BitRc2,
        algorithmParams,
      }),
      encryptedContent: new OctetString({ valueHex: bytes(cipher.output.getBytes()) }),
    });
    const data = new EncryptedData({ encryptedContentInfo });
    return Promise.resolve(
      new ContentInfo({ contentType: ContentInfo.ENCRYPTED_DATA, content: data.toSchema() }),
    );
  },
};

/** node-forge keeps bytes in strings, one in each character. */
function binary(octets: Uint8Array): string {
  return Buffer.from(octets).toString('latin1');
}

function bytes(octets: string): Uint8Array {
  return new Uint8Array(Buffer.from(octets, 'latin1'));
}
