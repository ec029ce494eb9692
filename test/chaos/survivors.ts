import type { RunningProgram } from '../../apps/launcher/src/program';

/** Knows which programs have ended although nobody struck them. */
export class Survivors {
  private readonly struck = new Set<number>();
  private readonly ended: string[] = [];

  watch(program: RunningProgram): void {
    void program.ended.then(() => {
      if (!this.struck.has(program.pid)) this.ended.push(`${program.name} (${program.pid})`);
    });
  }

  /** To be said before the blow. */
  strike(program: RunningProgram): void {
    this.struck.add(program.pid);
    program.kill();
  }

  get lost(): readonly string[] {
    return [...this.ended];
  }
}
