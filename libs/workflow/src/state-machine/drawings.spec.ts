import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { outgoingMachine } from '../documents/outgoing-machine';
import { deliveryMachine } from '../exchange';
import { drawStateMachine } from './draw';
import type { StateMachine } from './state-machine';

const file = join(__dirname, '../../../../docs/state-machines.md');

function section<State extends string, Event extends string, Subject>(
  title: string,
  machine: StateMachine<State, Event, Subject>,
): string {
  const sources = new Set(machine.transitions.map(({ legalBasis }) => legalBasis.source));
  const basis = [...sources].map((source) => `- ${source}`).join('\n');
  return `## ${title}\n\n\`\`\`mermaid\n${drawStateMachine(machine)}\`\`\`\n\nRests on:\n\n${basis}\n`;
}

function page(): string {
  return [
    '# State machines\n',
    'Drawn from the tables in `libs/workflow`; a test keeps this page true. To draw it anew, run the test\n`libs/workflow/src/state-machine/drawings.spec.ts` with `UPDATE_DOCS=1`.\n',
    section('An outgoing document', outgoingMachine),
    section('A delivery to one recipient', deliveryMachine),
  ].join('\n');
}

describe('docs/state-machines.md', () => {
  it('shows the tables as they are', async () => {
    if (process.env['UPDATE_DOCS'] === '1') await writeFile(file, page());
    expect(await readFile(file, 'utf8')).toBe(page());
  });
});
