/** Numbers of PKCS#11 (OASIS, v2.40 Current Mechanisms and Base Specification, appendix B; EdDSA from v3.0). */

export const sessionFlags = { serial: 0x4 } as const;
/** CKS_RO_USER_FUNCTIONS: a session to read, logged in. */
export const userFunctions = 1;
export const initializeFlags = { osLockingOk: 0x2 } as const;

export const tokenFlags = {
  tokenInitialized: 0x400,
  userPinCountLow: 0x10000,
  userPinFinalTry: 0x20000,
  userPinLocked: 0x40000,
  userPinToBeChanged: 0x80000,
} as const;

export const users = { user: 1, contextSpecific: 2 } as const;

export const objectClasses = { certificate: 1, privateKey: 3, secretKey: 4 } as const;
export const keyTypes = { rsa: 0, ec: 3, genericSecret: 0x10, edwards: 0x40 } as const;

export const attributes = {
  class: 0x0,
  token: 0x1,
  label: 0x3,
  value: 0x11,
  keyType: 0x100,
  id: 0x102,
  sensitive: 0x103,
  decrypt: 0x105,
  sign: 0x108,
  derive: 0x10c,
  valueLength: 0x161,
  extractable: 0x162,
  alwaysAuthenticate: 0x202,
} as const;

export const mechanisms = {
  rsaPkcs: 0x1,
  rsaRaw: 0x3,
  rsaOaep: 0x9,
  rsaPss: 0xd,
  ecdsa: 0x1041,
  ecdh: 0x1050,
  eddsa: 0x1057,
} as const;

/** By hash: the digest itself, MGF1 over it, and the mechanisms that hash on the token. */
export const hashMechanisms = {
  'SHA-1': { digest: 0x220, mgf: 1 },
  'SHA-256': { digest: 0x250, mgf: 2, rsaPkcs: 0x40, rsaPss: 0x43 },
  'SHA-384': { digest: 0x260, mgf: 3, rsaPkcs: 0x41, rsaPss: 0x44 },
  'SHA-512': { digest: 0x270, mgf: 4, rsaPkcs: 0x42, rsaPss: 0x45 },
} as const;

/** How the addon knows which C structure a mechanism's parameter is. */
export const parameterTypes = { rsaOaep: 4, rsaPss: 5, ecdh: 6 } as const;

/** CKD_NULL: the shared secret as it is. CKZ_DATA_SPECIFIED: the label of OAEP stands in the parameter. */
export const noKeyDerivation = 1;
export const labelInParameter = 1;
