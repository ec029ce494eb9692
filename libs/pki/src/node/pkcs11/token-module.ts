import { PkiError } from '../../errors';
import { loadCryptoki } from './cryptoki';
import type { Cryptoki } from './cryptoki';
import { initializeFlags } from './constants';
import { makeQueue, queuePerKey } from './queue';
import type { Queue } from './queue';
import { calling, returnValueOf, returnValues } from './return-values';
import type { FoundToken, TokenInfo } from './token-info';
import { listTokens } from './token-info';
import type { TokenSession } from './token-session';
import { openSession } from './token-session';

/** Which token is meant: the one with this label, this serial number, or both. */
export interface TokenSelection {
  readonly label?: string;
  readonly serial?: string;
}

/** A vendor's PKCS#11 library. Whoever opened it closes it. */
export interface TokenModule {
  /** The initialised tokens that are plugged in now. Throws TOKEN_FAILED. */
  tokens(): Promise<readonly TokenInfo[]>;
  /**
   * Logs in by the PIN that a person gave, in UTF-8: exactly one C_Login, whatever comes of it. `pin` is wiped.
   * Readers with a PIN pad of their own are not supported (the addon cannot pass the empty pointer they want).
   * Throws TOKEN_NOT_FOUND, TOKEN_AMBIGUOUS, TOKEN_REMOVED, TOKEN_IN_USE, TOKEN_FAILED, and TOKEN_PIN_WRONG,
   * TOKEN_PIN_FORM, TOKEN_PIN_EXPIRED, TOKEN_PIN_LOCKED, with the `PinState` that is left in `detail.pin`.
   */
  open(selection: TokenSelection, pin: Uint8Array): Promise<TokenSession>;
  close(): Promise<void>;
}

interface LoadedModule {
  readonly cryptoki: Cryptoki;
  /** By slot, unless the library cannot lock. */
  queueOf: (slot: string) => Queue;
  users: number;
  isOurs: boolean;
}

/** Loaded once and never unloaded: libraries leave threads and exit handlers behind that outlive an unloading. */
const loaded = new Map<string, LoadedModule>();

export interface TokenModuleOptions {
  /** In place of the addon, for tests. */
  readonly load?: (path: string) => Cryptoki;
}

/**
 * Opens the PKCS#11 library at `path`; it is initialised once per process, and finalised when the last of its
 * users closes it. Throws PKCS11_UNAVAILABLE, TOKEN_MODULE_FAILED.
 */
export function openTokenModule(path: string, { load = loadCryptoki }: TokenModuleOptions = {}): TokenModule {
  const module = loaded.get(path) ?? {
    cryptoki: load(path),
    queueOf: queuePerKey(),
    users: 0,
    isOurs: false,
  };
  loaded.set(path, module);
  if (module.users === 0) initialize(module);
  module.users += 1;
  let isOpen = true;
  const open = (): LoadedModule => {
    if (!isOpen) throw new PkiError('TOKEN_SESSION_CLOSED', 'the PKCS#11 library was closed');
    return module;
  };
  return {
    tokens() {
      return Promise.resolve().then(() => listTokens(open().cryptoki).map(({ info }) => info));
    },
    async open(selection, pin) {
      try {
        const { cryptoki, queueOf } = open();
        const { slot, info } = selectToken(cryptoki, selection);
        return await openSession({ cryptoki, slot, info, queue: queueOf(slot.toString('hex')) }, pin);
      } finally {
        pin.fill(0);
      }
    },
    close() {
      return Promise.resolve().then(() => {
        if (!isOpen) return;
        isOpen = false;
        release(module);
      });
    },
  };
}

/** C_Initialize with locks of the system; a library that cannot lock gets one queue for all of its slots. */
function initialize(module: LoadedModule): void {
  try {
    module.isOurs = tryInitialize(module.cryptoki, initializeFlags.osLockingOk);
  } catch (error) {
    if (returnValueOf(error) !== returnValues.cantLock) throw moduleFailure(error);
    const only = makeQueue();
    module.queueOf = () => only;
    try {
      module.isOurs = tryInitialize(module.cryptoki, 0);
    } catch (again) {
      throw moduleFailure(again);
    }
  }
}

/** False when another part of this process has initialised the library before: it is theirs to finalise, too. */
function tryInitialize(cryptoki: Cryptoki, flags: number): boolean {
  try {
    cryptoki.C_Initialize({ flags });
    return true;
  } catch (error) {
    if (returnValueOf(error) === returnValues.alreadyInitialized) return false;
    throw error;
  }
}

function moduleFailure(cause: unknown): PkiError {
  return new PkiError('TOKEN_MODULE_FAILED', 'the PKCS#11 library cannot be initialised', { cause });
}

function release(module: LoadedModule): void {
  module.users -= 1;
  if (module.users > 0 || !module.isOurs) return;
  calling('closing the library', () => {
    module.cryptoki.C_Finalize();
  });
}

function selectToken(cryptoki: Cryptoki, { label, serial }: TokenSelection): FoundToken {
  const wanted = label?.normalize('NFC');
  const found = listTokens(cryptoki).filter(
    ({ info }) =>
      (wanted === undefined || info.label === wanted) && (serial === undefined || info.serial === serial),
  );
  const [only, ...others] = found;
  if (!only) throw new PkiError('TOKEN_NOT_FOUND', 'no such token is plugged in');
  if (others.length > 0) throw new PkiError('TOKEN_AMBIGUOUS', `${found.length} tokens answer the selection`);
  return only;
}
