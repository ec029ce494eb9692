import { PkiError } from '../../errors';
import { loadCryptoki } from './cryptoki';
import type { Cryptoki } from './cryptoki';
import { initializeFlags } from './constants';
import { makeQueues } from './queue';
import type { Queue, Queues } from './queue';
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
  /** Waits for what is under way, and closes the sessions that were left open. */
  close(): Promise<void>;
}

export interface TokenModuleOptions {
  /** In place of the addon, for tests. */
  readonly load?: (path: string) => Cryptoki;
}

interface LoadedModule {
  readonly cryptoki: Cryptoki;
  readonly queues: Queues;
  users: number;
  state: 'closed' | 'initialized' | 'initialized-by-others';
  /** It may be called from several threads at once. */
  canLock: boolean;
}

/** Loaded once and never unloaded: libraries leave threads and exit handlers behind that outlive an unloading. */
const loaded = new Map<string, LoadedModule>();

/**
 * Opens the PKCS#11 library at `path`; it is initialised once per process, and finalised when the last of its
 * users closes it. Throws PKCS11_UNAVAILABLE, TOKEN_MODULE_FAILED.
 */
export function openTokenModule(path: string, { load = loadCryptoki }: TokenModuleOptions = {}): TokenModule {
  const module = loaded.get(path) ?? newModule(load(path));
  loaded.set(path, module);
  if (module.state === 'closed') initialize(module);
  module.users += 1;
  let isOpen = true;
  const sessions: TokenSession[] = [];
  const list = (): Promise<FoundToken[]> =>
    queueFor(
      module,
      'list',
    )(() => {
      if (!isOpen) throw new PkiError('TOKEN_SESSION_CLOSED', 'the PKCS#11 library was closed');
      return Promise.resolve(listTokens(module.cryptoki));
    });
  return {
    async tokens() {
      return (await list()).map(({ info }) => info);
    },
    async open(selection, pin) {
      try {
        const { slot, info } = selectToken(await list(), selection);
        const queue = queueFor(module, slot.toString('hex'));
        const session = await openSession({ cryptoki: module.cryptoki, slot, info, queue }, pin);
        sessions.push(session);
        if (!isOpen) await session.close();
        return session;
      } finally {
        pin.fill(0);
      }
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      for (const session of sessions) await session.close();
      module.users -= 1;
      await release(module);
    },
  };
}

function newModule(cryptoki: Cryptoki): LoadedModule {
  return { cryptoki, queues: makeQueues(), users: 0, state: 'closed', canLock: true };
}

/** One for each slot; one for all where the library cannot be called from two threads. */
function queueFor({ queues, canLock }: LoadedModule, slot: string): Queue {
  return queues.of(canLock ? slot : 'all');
}

/** C_Initialize with the locks of the system, or without for a library that cannot use them. */
function initialize(module: LoadedModule): void {
  try {
    module.state = tryInitialize(module.cryptoki, initializeFlags.osLockingOk);
  } catch (error) {
    if (returnValueOf(error) !== returnValues.cantLock) throw moduleFailure(error);
    module.canLock = false;
    try {
      module.state = tryInitialize(module.cryptoki, 0);
    } catch (again) {
      throw moduleFailure(again);
    }
  }
}

/** What another part of this process has initialised before is theirs to finalise, too. */
function tryInitialize(cryptoki: Cryptoki, flags: number): 'initialized' | 'initialized-by-others' {
  try {
    cryptoki.C_Initialize({ flags });
    return 'initialized';
  } catch (error) {
    if (returnValueOf(error) === returnValues.alreadyInitialized) return 'initialized-by-others';
    throw error;
  }
}

function moduleFailure(cause: unknown): PkiError {
  return new PkiError('TOKEN_MODULE_FAILED', 'the PKCS#11 library cannot be initialised', { cause });
}

/** Finalises when nobody uses it any more, and nobody came while the last calls ended. */
async function release(module: LoadedModule): Promise<void> {
  await module.queues.idle();
  if (module.users > 0 || module.state === 'closed') return;
  const isOurs = module.state === 'initialized';
  module.state = 'closed';
  if (!isOurs) return;
  calling('closing the library', () => {
    module.cryptoki.C_Finalize();
  });
}

function selectToken(tokens: readonly FoundToken[], { label, serial }: TokenSelection): FoundToken {
  const wanted = label?.normalize('NFC');
  const found = tokens.filter(
    ({ info }) =>
      (wanted === undefined || info.label === wanted) && (serial === undefined || info.serial === serial),
  );
  const [only, ...others] = found;
  if (!only) throw new PkiError('TOKEN_NOT_FOUND', 'no such token is plugged in');
  if (others.length > 0) throw new PkiError('TOKEN_AMBIGUOUS', `${found.length} tokens answer the selection`);
  return only;
}
