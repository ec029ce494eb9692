import { createRequire } from 'node:module';
import { PkiError } from '../../errors';

/** A slot, session or object of the module, as the addon passes it around. */
export type Handle = Buffer;

interface Attribute {
  readonly type: number;
  readonly value?: number | boolean | Buffer;
}

export interface Mechanism {
  readonly mechanism: number;
  readonly parameter?: Readonly<Record<string, number | Buffer>>;
}

interface RawTokenInfo {
  readonly label: string;
  readonly manufacturerID: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly flags: number;
}

/** The functions of PKCS#11 2.40 that are used here, under their own names; each throws on all but CKR_OK. */
export interface Cryptoki {
  C_Initialize(options: { readonly flags: number }): void;
  C_Finalize(): void;
  C_GetSlotList(tokenPresent: boolean): Handle[];
  C_GetTokenInfo(slot: Handle): RawTokenInfo;
  C_GetMechanismList(slot: Handle): number[];
  C_OpenSession(slot: Handle, flags: number): Handle;
  C_CloseSession(session: Handle): void;
  C_GetSessionInfo(session: Handle): { readonly state: number };
  C_Login(session: Handle, userType: number, pin: string): void;
  C_Logout(session: Handle): void;
  C_FindObjectsInit(session: Handle, template: readonly Attribute[]): void;
  C_FindObjects(session: Handle, most: number): Handle[];
  C_FindObjectsFinal(session: Handle): void;
  C_GetAttributeValue(
    session: Handle,
    object: Handle,
    template: readonly Attribute[],
  ): { readonly value?: Buffer }[];
  C_SignInit(session: Handle, mechanism: Mechanism, key: Handle): void;
  C_SignAsync(session: Handle, data: Buffer, signature: Buffer): Promise<Buffer>;
  C_DecryptInit(session: Handle, mechanism: Mechanism, key: Handle): void;
  C_DecryptAsync(session: Handle, encrypted: Buffer, data: Buffer): Promise<Buffer>;
  C_DeriveKey(session: Handle, mechanism: Mechanism, key: Handle, template: readonly Attribute[]): Handle;
}

interface NativeAddon {
  readonly PKCS11: new () => Cryptoki & { load(path: string): void };
}

/**
 * Loads a vendor's PKCS#11 library by the addon. Throws PKCS11_UNAVAILABLE where the addon was never built, and
 * TOKEN_MODULE_FAILED for what is no PKCS#11 library.
 */
export function loadCryptoki(path: string): Cryptoki {
  const cryptoki = new (nativeAddon().PKCS11)();
  try {
    cryptoki.load(path);
  } catch (cause) {
    throw new PkiError('TOKEN_MODULE_FAILED', 'the PKCS#11 library cannot be loaded', { cause });
  }
  return cryptoki;
}

/** Not imported by name: the addon is optional, and everything else has to compile and run without it. */
function nativeAddon(): NativeAddon {
  try {
    return createRequire(__filename)('pkcs11js') as NativeAddon;
  } catch (cause) {
    throw new PkiError('PKCS11_UNAVAILABLE', 'the addon for PKCS#11 is not built', { cause });
  }
}
