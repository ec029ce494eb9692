import type { Step } from './day';
import { drafting } from './drafting';
import { inspecting } from './inspecting';
import { looking } from './looking';
import { receiving } from './receiving';
import { issuing, signing } from './signing';

/** The working day from the first login to the last export, in its order. */
export const steps: readonly Step[] = [
  ...drafting,
  ...signing,
  ...issuing,
  ...receiving,
  ...looking,
  ...inspecting,
];
