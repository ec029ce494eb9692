import { structureProblems } from '#pdf';
import type { PdfFile, PdfView, StructureProblemCode } from '#pdf';
import { isStrictTable } from './strict-table';
import type { RevisionStep } from './step';
import { strayBytes } from './stray-bytes';

/** Those that have a verdict of their own, found by what they do to the document. */
const judgedElsewhere: ReadonlySet<StructureProblemCode> = new Set(['OBJECT_FREED', 'GENERATION_CHANGED']);

/**
 * A later revision leaves no room for two readings: what one viewer repairs, skips or takes first, another takes
 * last. So everything doubtful in its structure is refused: keys and entries written twice, objects that overlap or
 * stand outside, hybrid entries that differ, a table that only a lenient reader reads, bytes that belong to nothing.
 */
export function judgeStructure(step: RevisionStep, file: PdfFile, index: number): void {
  const where = `revision ${index + 1}`;
  for (const problem of structureProblems(file, index)) {
    if (judgedElsewhere.has(problem.code)) continue;
    const number = problem.num === undefined ? '' : ` ${problem.num}`;
    step.refuse('CHANGE_UNREADABLE', `${where}: ${problem.code}${number}`);
  }
  if (strayBytes(file, index)) step.refuse('CHANGE_UNREADABLE', `${where}: bytes`);
  const sections = file.revisions[index]?.sections ?? [];
  if (!sections.every((section) => section.kind === 'stream' || isStrictTable(file.bytes, section)))
    step.refuse('CHANGE_UNREADABLE', `${where}: xref`);
  // Objects at or above /Size do not exist (ISO 32000-1 table 15): a smaller one would hide what was signed.
  if (sizeOf(step.after) < sizeOf(step.before)) step.refuse('CHANGE_TRAILER', '/Size');
}

function sizeOf({ trailer }: PdfView): number {
  const size = trailer.get('Size');
  return typeof size === 'number' ? size : 0;
}
