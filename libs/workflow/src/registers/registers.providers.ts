import type { Provider, Type } from '@nestjs/common';

import { ExportRegister } from './export-register';
import { HandlingRegister } from './handling-register';
import { IncomingRegister } from './incoming-register';
import { OutgoingRegister } from './outgoing-register';
import { ReadRegister } from './read-register';
import { Registers } from './registers';
import { RegistersController } from './registers.controller';
import { CloseVolume } from './volumes/close-volume';
import { FindVolumes } from './volumes/find-volumes';
import { ReadVolume } from './volumes/read-volume';
import { VolumesController } from './volumes/volumes.controller';

/** For the module of this lib. */
export const registerProviders: readonly Provider[] = [
  OutgoingRegister,
  IncomingRegister,
  HandlingRegister,
  Registers,
  ReadRegister,
  ExportRegister,
  FindVolumes,
  CloseVolume,
  ReadVolume,
];

export const registerControllers: readonly Type[] = [VolumesController, RegistersController];
