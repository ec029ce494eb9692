import { asDict, PdfArray, PdfDict, PdfRef, PdfStream } from '#pdf';
import type { PdfObject } from '#pdf';
import { sameObject } from '../../document/same-object';
import type { PlacePair, RevisionStep } from './step';

const storeLists = ['Certs', 'CRLs', 'OCSPs'];
const vriLists = ['Cert', 'CRL', 'OCSP'];

/** Rule 11: the document security store only grows (ETSI EN 319 142-1 §5.4.2). */
export function judgeDss(step: RevisionStep, pair: PlacePair): void {
  const before = asDict(pair.before.value);
  const after = asDict(pair.after.value);
  if (!after) {
    if (before) step.refuse('CHANGE_DSS', '/DSS');
    return;
  }
  if (after.keys().some((key) => ![...storeLists, 'VRI', 'Type'].includes(key)))
    step.refuse('CHANGE_DSS', '/DSS');
  for (const key of storeLists) judgeList(step, step.enter(pair, key), key);
  const related = step.enter(pair, 'VRI');
  const relatedBefore = asDict(related.before.value) ?? new PdfDict();
  const relatedAfter = asDict(related.after.value) ?? new PdfDict();
  for (const key of new Set([...relatedBefore.keys(), ...relatedAfter.keys()])) {
    if (key !== 'Type') judgeRelated(step, step.enter(related, key), key);
  }
}

/** One entry of /VRI: named by the SHA-1 of a signature's /Contents. */
function judgeRelated(step: RevisionStep, pair: PlacePair, key: string): void {
  const where = `/DSS/VRI/${key}`;
  const before = asDict(pair.before.value) ?? new PdfDict();
  const after = asDict(pair.after.value);
  if (!after || !/^[0-9A-F]{40}$/.test(key)) {
    step.refuse('CHANGE_DSS', where);
    return;
  }
  for (const list of vriLists) judgeList(step, step.enter(pair, list), where);
  for (const other of new Set([...before.keys(), ...after.keys()])) {
    if (vriLists.includes(other)) continue;
    const value = step.enter(pair, other);
    const isNew = value.before.value === undefined && ['TU', 'TS', 'Type'].includes(other);
    if (!isNew && !sameObject(value.before.value, value.after.value)) step.refuse('CHANGE_DSS', where);
  }
}

function judgeList(step: RevisionStep, pair: PlacePair, where: string): void {
  const before = itemsOf(pair.before.value);
  const after = itemsOf(pair.after.value);
  if (!after) {
    if (before) step.refuse('CHANGE_DSS', where);
    return;
  }
  const kept = (before ?? []).every((item) => after.some((other) => sameObject(item, other)));
  const added = after.filter((item) => !(before ?? []).some((other) => sameObject(item, other)));
  const streams = added.every((item) => item instanceof PdfRef && step.after.get(item) instanceof PdfStream);
  if (!kept || !streams) step.refuse('CHANGE_DSS', where);
  else if (added.length > 0) step.raise('LTA_UPDATES');
}

function itemsOf(value: PdfObject | undefined): readonly PdfObject[] | undefined {
  return value instanceof PdfArray ? value.items : undefined;
}
