import type { Certificate } from '../certificate/certificate';
import type { DigestAlgorithm } from './algorithms';

/** Holds an EC private key somewhere and agrees on secrets with it; what is sealed to its certificate is opened so. */
export interface KeyAgreement {
  readonly certificate: Certificate;
  /**
   * The shared secret Z of ECDH (SP 800-56A §5.7.1.2): the x coordinate, as long as the field, before any key
   * derivation. `peer` is a SubjectPublicKeyInfo on the same curve, a point of it. Throws
   * KEY_MALFORMED, KEY_UNSUPPORTED, KEY_MISMATCH; wiping the secret is the caller's duty.
   */
  agree(peer: Uint8Array): Promise<Uint8Array>;
}

/** Holds an RSA private key somewhere and decrypts by it. */
export interface Decrypter {
  readonly certificate: Certificate;
  /** RSAES-OAEP (RFC 8017 §7.1) with an empty label; MGF1 over the same hash. */
  decrypt(encrypted: Uint8Array, hash: DigestAlgorithm): Promise<Uint8Array>;
}
