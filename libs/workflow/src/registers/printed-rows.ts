import type { Actor, UnitOfWork } from '#platform';

import type { PrintedRow } from './print/printed-register';
import type { Register, RegisterItem, RegisterRange, RegisterStretch } from './register';

/** Rows read at once: enough that asking costs little, few enough to hold. */
const stretchSize = 500;

/** The rows of a register as texts, stretch by stretch. */
export async function* printedRows(
  unitOfWork: UnitOfWork,
  actor: Actor,
  register: Register,
  range: RegisterRange,
): AsyncGenerator<readonly PrintedRow[]> {
  let after: readonly string[] | null = null;
  do {
    const from: readonly string[] | null = after;
    const stretch: RegisterStretch<RegisterItem> = await unitOfWork.run(actor, (tx) =>
      register.stretch(tx, range, from, stretchSize),
    );
    yield stretch.items.map((item) => ({ cells: register.cells(item), tone: toneOf(item) }));
    after = stretch.after;
  } while (after !== null);
}

function toneOf({ kind, gap }: RegisterItem): PrintedRow['tone'] {
  if (gap?.fault === true) return 'fault';
  return kind === 'entry' ? 'plain' : 'void';
}
