import type { Basis } from './citation';
import { fromMemory } from './citation';

/** A share that agencies are asked to reach. */
interface Target {
  readonly percent: number;
  readonly basis: Basis;
}

export const exchangeTargets = {
  /** Issued documents that carry a digital signature. */
  signed: {
    percent: 100,
    basis: fromMemory('Resolution 17/NQ-CP', 'the target has been raised to all documents'),
  },
  /** Copies that went electronically, of all copies. */
  exchanged: { percent: 95, basis: fromMemory('Resolution 17/NQ-CP') },
} as const satisfies Readonly<Record<string, Target>>;
