import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks per second of /proc (USER_HZ on Linux). */
const ticksPerSecond = 100;

/** Seconds of processor time (user and system) that a process and its children have used so far. Linux only. */
export function cpuSecondsOf(pid: number): number {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const stats = processes.flatMap((name) => statOf(name) ?? []);
  const family = new Set([pid]);
  for (let before = -1; before !== family.size;) {
    before = family.size;
    for (const { id, parent } of stats) if (family.has(parent)) family.add(id);
  }
  return stats.filter(({ id }) => family.has(id)).reduce((sum, { seconds }) => sum + seconds, 0);
}

/** Megabytes of memory that a process holds now (VmRSS of proc(5)). Linux only. */
export function residentMegabytesOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

function statOf(name: string): { id: number; parent: number; seconds: number } | undefined {
  try {
    // After the name in brackets: state, parent, … user (14th field), system, waited-for children's two (proc(5)).
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
    return { id: Number(name), parent: Number(fields[1]), seconds: ticks / ticksPerSecond };
  } catch {
    // The process has ended since the folder was listed.
    return undefined;
  }
}
