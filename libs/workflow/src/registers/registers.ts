import { Injectable } from '@nestjs/common';

import { HandlingRegister } from './handling-register';
import { IncomingRegister } from './incoming-register';
import { OutgoingRegister } from './outgoing-register';
import type { Register, RegisterName } from './register';

/** The registers by the names they have in addresses. */
@Injectable()
export class Registers {
  private readonly byName: Readonly<Record<RegisterName, unknown>>;

  constructor(outgoing: OutgoingRegister, incoming: IncomingRegister, handling: HandlingRegister) {
    this.byName = { outgoing, incoming, handling };
  }

  get(name: RegisterName): Register {
    return this.byName[name] as Register;
  }
}
