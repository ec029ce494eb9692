import type { StateMachine } from './state-machine';

/** Draws a table as a Mermaid state diagram; the same table always gives the same text. */
export function drawStateMachine<State extends string, Event extends string, Subject>(
  machine: StateMachine<State, Event, Subject>,
): string {
  const entries = [machine.initial, ...(machine.otherEntries ?? [])];
  const lines = ['stateDiagram-v2', ...entries.map((state) => `  [*] --> ${state}`)];
  for (const row of machine.transitions) {
    lines.push(`  ${row.from} --> ${row.to}: ${row.event} (${row.role.join(', ')})`);
  }
  for (const state of machine.final) lines.push(`  ${state} --> [*]`);
  return `${lines.join('\n')}\n`;
}
