import { PdfArray, PdfDict, PdfRef, PdfStream } from '#pdf';
import type { PdfObject, PdfView } from '#pdf';
import type { Permissions } from '../../document/permissions';
import type { ModificationLevel } from '../report';
import { sameObject } from '../../document/same-object';

/** Why a later revision is not acceptable; each has a message in both languages. */
export type ChangeCode =
  | 'CHANGE_ANNOTATION_ADDED'
  | 'CHANGE_ANNOTATION_REMOVED'
  | 'CHANGE_CATALOG'
  | 'CHANGE_CERTIFIED_DOCUMENT'
  | 'CHANGE_DSS'
  | 'CHANGE_FIELD_ADDED'
  | 'CHANGE_FIELD_ALTERED'
  | 'CHANGE_FIELD_APPEARANCE_DIFFERS'
  | 'CHANGE_FIELD_LOCKED'
  | 'CHANGE_FIELD_READ_ONLY'
  | 'CHANGE_FIELD_REMOVED'
  | 'CHANGE_FORM'
  | 'CHANGE_METADATA'
  | 'CHANGE_OBJECT_FREED'
  | 'CHANGE_OBJECT_OVERRIDDEN'
  | 'CHANGE_OBJECT_STREAM_REPLACED'
  | 'CHANGE_PAGE'
  | 'CHANGE_SIGNED_FIELD'
  | 'CHANGE_TRAILER'
  | 'CHANGE_UNREADABLE';

export interface ChangeFinding {
  readonly code: ChangeCode;
  /** Object number, field name or key: for a person who looks closer. */
  readonly where: string;
}

export const levels: readonly ModificationLevel[] = [
  'NONE',
  'LTA_UPDATES',
  'FORM_FILLING',
  'ANNOTATIONS',
  'OTHER',
];

/** A value together with where a reference to it would be found: an object number (0: the trailer) and a path of keys. */
export interface Place {
  readonly value: PdfObject | undefined;
  readonly container: number;
  readonly path: string;
}

/** The same place before and after a revision. */
export interface PlacePair {
  readonly before: Place;
  readonly after: Place;
}

export const edgeOf = (container: number, path: string): string => `${container}:${path}`;

/** One revision judged against the one before it: collects what changed, what excuses it and what does not. */
export class RevisionStep {
  readonly findings: ChangeFinding[] = [];
  private level: ModificationLevel = 'NONE';
  private readonly justifiedEdges = new Set<string>();
  private readonly justifiedObjects = new Map<number, (edge: string) => boolean>();

  /** @param changed numbers of objects that read otherwise than before, be they new, overridden or gone */
  constructor(
    readonly before: PdfView,
    readonly after: PdfView,
    readonly changed: ReadonlySet<number>,
    /** What the signatures up to the older revision allow. */
    readonly permissions: Permissions,
  ) {}

  refuse(code: ChangeCode, where: string): void {
    this.findings.push({ code, where });
  }

  raise(level: ModificationLevel): void {
    if (levels.indexOf(level) > levels.indexOf(this.level)) this.level = level;
  }

  modificationLevel(): ModificationLevel {
    return this.findings.length > 0 ? 'OTHER' : this.level;
  }

  /** Says that a change of this object is right on every path that `accepts` (path written as in `edgeOf`). */
  justifyObject(num: number, accepts: (edge: string) => boolean): void {
    this.justifiedObjects.set(num, accepts);
  }

  isJustified(num: number, edge: string): boolean {
    return this.justifiedEdges.has(`${edge}>${num}`) || (this.justifiedObjects.get(num)?.(edge) ?? false);
  }

  /** Goes down one key of two dictionaries, through references; the way down to the older object is then justified. */
  enter(pair: PlacePair, key: string): PlacePair {
    return {
      before: this.follow(this.before, pair.before, key),
      after: this.follow(this.after, pair.after, key),
    };
  }

  private follow(view: PdfView, place: Place, key: string): Place {
    const dict = place.value instanceof PdfStream ? place.value.dict : place.value;
    const value = dict instanceof PdfDict ? dict.get(key) : undefined;
    return this.settle(view, value, place.container, `${place.path}/${key}`);
  }

  /** Resolves a value found at a path; justifies that path if it leads to an object of the older revision. */
  settle(view: PdfView, value: PdfObject | undefined, container: number, path: string): Place {
    if (!(value instanceof PdfRef)) return { value, container, path };
    if (view === this.before) this.justifiedEdges.add(`${edgeOf(container, path)}>${value.num}`);
    return { value: view.resolve(value), container: value.num, path: '' };
  }

  /** Every key that differs must be in the list; returns those that do. */
  onlyDiffer(
    pair: PlacePair,
    allowed: readonly string[],
    otherwise: (key: string) => void,
  ): readonly string[] {
    const before = pair.before.value instanceof PdfDict ? pair.before.value : new PdfDict();
    const after = pair.after.value instanceof PdfDict ? pair.after.value : new PdfDict();
    const keys = [...new Set([...before.keys(), ...after.keys()])];
    const differing = keys.filter((key) => !sameObject(before.get(key), after.get(key)));
    for (const key of differing) if (!allowed.includes(key)) otherwise(key);
    return differing;
  }
}

/** Calls `found` for every reference written inside an object, with the path of keys to it (array items as `[]`). */
export function eachReference(
  object: PdfObject | undefined,
  path: string,
  found: (ref: PdfRef, path: string) => void,
): void {
  if (object instanceof PdfRef) found(object, path);
  else if (object instanceof PdfArray)
    for (const item of object.items) eachReference(item, `${path}[]`, found);
  else if (object instanceof PdfDict)
    for (const [key, value] of object.entries()) eachReference(value, `${path}/${key}`, found);
  else if (object instanceof PdfStream) eachReference(object.dict, path, found);
}
