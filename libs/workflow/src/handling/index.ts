import type { Provider, Type } from '@nestjs/common';

import { AskRelief } from './ask-relief';
import { CompleteHandling } from './complete-handling';
import { HandlingDesk } from './handling-desk';
import { HandlingController } from './handling.controller';
import { InstructIncoming } from './instruct-incoming';
import { HandleIncoming1763842000000 } from './migrations/1763842000000-handle-incoming';
import { RemindOfDue1763910000000 } from './migrations/1763910000000-remind-of-due';
import { RemindOfDue } from './remind-of-due';
import { ReturnIncoming } from './return-incoming';
import { StartHandling } from './start-handling';
import { StateStatus } from './state-status';
import { SubmitIncoming } from './submit-incoming';

export { handlingMachine } from './handling-machine';

/** What happens to an incoming document inside the agency after its registration. */
export const handlingProviders: readonly Provider[] = [
  HandlingDesk,
  StateStatus,
  SubmitIncoming,
  ReturnIncoming,
  InstructIncoming,
  StartHandling,
  AskRelief,
  CompleteHandling,
  RemindOfDue,
];

export const handlingControllers: readonly Type[] = [HandlingController];

export const handlingMigrations = [HandleIncoming1763842000000, RemindOfDue1763910000000];
