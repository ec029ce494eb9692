import { Certificate as OtherCertificate, CryptoEngine } from 'pkijs';
import { asBufferSource } from '../bytes';
import type { Certificate } from '../certificate/certificate';

/** pkijs, the independent second opinion, on this runtime's WebCrypto. */
export const otherEngine = new CryptoEngine({ name: 'runtime', crypto: globalThis.crypto });

export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return asBufferSource(bytes).slice().buffer;
}

/** A certificate as pkijs reads it. */
export function theirs({ der }: Certificate): OtherCertificate {
  return OtherCertificate.fromBER(bufferOf(der));
}
