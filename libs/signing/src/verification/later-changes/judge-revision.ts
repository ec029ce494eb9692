import { asDict, PdfError, PdfRef } from '#pdf';
import type { PdfDict, PdfFile, PdfObject, PdfView } from '#pdf';
import { formNodes, signedFields } from '../../document/form-fields';
import type { FormNode } from '../../document/form-fields';
import { permissionsOf } from '../../document/permissions';
import type { ModificationLevel } from '../report';
import { sameObject } from '../../document/same-object';
import { judgeTrailer } from './catalog-rules';
import { judgePages } from './page-rules';
import { isObjectStream, referencesTo } from './references';
import { RevisionStep } from './step';
import type { ChangeFinding } from './step';
import { judgeStructure } from './structure-rules';

export interface RevisionVerdict {
  readonly level: ModificationLevel;
  readonly findings: readonly ChangeFinding[];
}

/** Judges what revision `index` did to the document that the revision before it left (rules 6 and 8 to 18). */
export function judgeRevision(file: PdfFile, index: number): RevisionVerdict {
  try {
    return judge(file, index);
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    return { level: 'OTHER', findings: [{ code: 'CHANGE_UNREADABLE', where: error.code }] };
  }
}

function judge(file: PdfFile, index: number): RevisionVerdict {
  const before = file.at(index - 1);
  const after = file.at(index);
  const oldNodes = formNodes(before);
  const changed = new Set<number>();
  const step = new RevisionStep(
    before,
    after,
    changed,
    permissionsOf(before, signedFields(before, oldNodes)),
  );
  for (const ref of after.objectsChangedIn(index)) noteChange(step, changed, ref);
  judgeStructure(step, file, index);

  const form = { before: oldNodes, after: formNodes(after), approvedWidgets: new Set<number>() };
  const replaced = replacedAppearances(step, oldNodes);
  const references = referencesTo(before, new Set([...changed, ...replaced]));
  judgeTrailer(step, form);
  judgePages(step, form, references);
  for (const num of changed) {
    if (references.get(num)?.some((edge) => !step.isJustified(num, edge)))
      step.refuse('CHANGE_OBJECT_OVERRIDDEN', String(num));
  }
  for (const num of replaced) {
    // An appearance that something else draws too is no longer only the look of this field.
    if (!changed.has(num) && references.get(num)?.some((edge) => !appearancePath.test(edge))) {
      step.refuse('CHANGE_OBJECT_OVERRIDDEN', String(num));
    }
  }
  if (changed.size > 0) step.raise('LTA_UPDATES');
  return { level: step.modificationLevel(), findings: step.findings };
}

const appearancePath = /\/AP$|(?:^|[:/])[NRD](?:\/[^/]+)?$/;

function noteChange(step: RevisionStep, changed: Set<number>, ref: PdfRef): void {
  const { num } = ref;
  if (num === 0) return;
  const old = step.before.entryOf(num);
  const now = step.after.entryOf(num);
  const wasUsed = old !== undefined && old.kind !== 'free';
  if (now === undefined || now.kind === 'free') {
    if (wasUsed) {
      changed.add(num);
      step.refuse('CHANGE_OBJECT_FREED', String(num));
    }
    return;
  }
  const generation = (entry: typeof old): number => (entry?.kind === 'offset' ? entry.gen : 0);
  if (wasUsed && generation(old) !== generation(now)) step.refuse('CHANGE_OBJECT_OVERRIDDEN', String(num));
  const oldValue = wasUsed ? readable(step.before, new PdfRef(num, generation(old))) : undefined;
  const newValue = step.after.get(new PdfRef(num, generation(now)));
  if (wasUsed && sameObject(oldValue, newValue)) return;
  changed.add(num);
  if (isObjectStream(oldValue)) step.refuse('CHANGE_OBJECT_STREAM_REPLACED', String(num));
}

/** An object that the older revision could not read was not there for it. */
function readable(view: PdfView, ref: PdfRef): PdfObject | undefined {
  try {
    return view.get(ref);
  } catch (error) {
    if (error instanceof PdfError) return undefined;
    throw error;
  }
}

/** Appearances that a changed field no longer points to. */
function replacedAppearances(step: RevisionStep, nodes: readonly FormNode[]): ReadonlySet<number> {
  const replaced = new Set<number>();
  for (const node of nodes) {
    if (!step.changed.has(node.ref.num)) continue;
    const now = asDict(step.after.get(node.ref));
    for (const [old, renewed] of appearanceEntries(step, node.dict, now)) {
      if (old instanceof PdfRef && !old.equals(renewed)) replaced.add(old.num);
    }
  }
  return replaced;
}

function appearanceEntries(
  step: RevisionStep,
  before: PdfDict,
  after: PdfDict | undefined,
): [PdfObject | undefined, PdfObject | undefined][] {
  const old = asDict(step.before.resolve(before.get('AP')));
  const renewed = asDict(step.after.resolve(after?.get('AP')));
  return [
    [before.get('AP'), after?.get('AP')],
    ...['N', 'R', 'D'].map((key): [PdfObject | undefined, PdfObject | undefined] => [
      old?.get(key),
      renewed?.get(key),
    ]),
  ];
}
