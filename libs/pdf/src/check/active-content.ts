import { PdfError } from '../errors';
import { asArray, asDict, asName, PdfArray, PdfDict, PdfRef, PdfStream } from '../model/objects';
import type { PdfObject } from '../model/objects';
import type { PdfView } from '../read/view';
import { formFields } from './signature-fields';

/** What a document may do beside being read. */
export type ActiveContent =
  | 'EMBEDDED_FILE'
  | 'IMPORT_DATA'
  | 'JAVASCRIPT'
  | 'LAUNCH'
  | 'OPEN_ACTION'
  | 'REMOTE_FILE'
  | 'RICH_MEDIA'
  | 'SUBMIT_FORM'
  | 'URI'
  | 'XFA';

/** Action types (ISO 32000-1 table 198) that do more than move within the document. */
const actions: ReadonlyMap<string, ActiveContent> = new Map([
  ['JavaScript', 'JAVASCRIPT'],
  ['Launch', 'LAUNCH'],
  ['SubmitForm', 'SUBMIT_FORM'],
  ['ImportData', 'IMPORT_DATA'],
  ['GoToR', 'REMOTE_FILE'],
  ['GoToE', 'REMOTE_FILE'],
  ['URI', 'URI'],
  ['Sound', 'RICH_MEDIA'],
  ['Movie', 'RICH_MEDIA'],
  ['Rendition', 'RICH_MEDIA'],
  ['GoTo3DView', 'RICH_MEDIA'],
  ['RichMediaExecute', 'RICH_MEDIA'],
]);

/** Annotation types (ISO 32000-1 table 169) that carry files or media. */
const annotations: ReadonlyMap<string, ActiveContent> = new Map([
  ['FileAttachment', 'EMBEDDED_FILE'],
  ['Sound', 'RICH_MEDIA'],
  ['Movie', 'RICH_MEDIA'],
  ['Screen', 'RICH_MEDIA'],
  ['3D', 'RICH_MEDIA'],
  ['RichMedia', 'RICH_MEDIA'],
]);

/**
 * Looks for active content wherever a reader would start it: the catalog, its name trees, the outline, the form, and
 * the pages with their annotations. Content streams are not read. Each object is visited once.
 * @returns codes in alphabetical order
 */
export function findActiveContent(view: PdfView): ActiveContent[] {
  const search = new Search(view);
  search.catalog();
  search.form();
  search.pages();
  return [...search.found].sort();
}

class Search {
  readonly found = new Set<ActiveContent>();
  private readonly seen = new Set<number>();
  private visits = 0;

  constructor(private readonly view: PdfView) {}

  catalog(): void {
    const { view } = this;
    const catalog = view.catalog();
    const open = view.lookup(catalog, 'OpenAction');
    // An array is a destination: where to begin reading.
    if (open instanceof PdfDict && asName(view.lookup(open, 'S')) !== 'GoTo') this.found.add('OPEN_ACTION');
    this.action(catalog.get('OpenAction'));
    this.triggers(catalog);
    const names = asDict(view.lookup(catalog, 'Names'));
    if (names !== undefined) {
      this.nameTree(names.get('JavaScript'), (value) => {
        this.found.add('JAVASCRIPT');
        this.action(value);
      });
      this.nameTree(names.get('EmbeddedFiles'), () => {
        this.found.add('EMBEDDED_FILE');
      });
      this.nameTree(names.get('Renditions'), () => {
        this.found.add('RICH_MEDIA');
      });
    }
    if ((asArray(view.lookup(catalog, 'AF'))?.length ?? 0) > 0) this.found.add('EMBEDDED_FILE');
    if (view.lookup(catalog, 'Collection') !== null) this.found.add('EMBEDDED_FILE');
    this.outline(asDict(view.lookup(catalog, 'Outlines'))?.get('First'));
  }

  form(): void {
    const { view } = this;
    const form = asDict(view.lookup(view.catalog(), 'AcroForm'));
    if (form === undefined) return;
    if (view.lookup(form, 'XFA') !== null) this.found.add('XFA');
    for (const { dict } of formFields(view)) {
      this.action(dict.get('A'));
      this.triggers(dict);
    }
  }

  pages(): void {
    const { view } = this;
    for (const { dict } of view.pages()) {
      this.triggers(dict);
      for (const item of asArray(view.lookup(dict, 'Annots'))?.items ?? []) {
        const annotation = this.visit(item);
        if (!(annotation instanceof PdfDict)) continue;
        const kind = annotations.get(asName(view.lookup(annotation, 'Subtype')) ?? '');
        if (kind !== undefined) this.found.add(kind);
        this.action(annotation.get('A'));
        this.triggers(annotation);
      }
    }
  }

  /** The resolved object, or undefined when it was seen before. */
  private visit(object: PdfObject | undefined): PdfObject | undefined {
    if (++this.visits > this.view.limits.maxNodes) {
      throw new PdfError('PDF_LIMIT_EXCEEDED', 'the document has too many annotations and actions', {
        detail: { maxNodes: this.view.limits.maxNodes },
      });
    }
    if (object instanceof PdfRef) {
      if (this.seen.has(object.num)) return undefined;
      this.seen.add(object.num);
    }
    return this.view.resolve(object);
  }

  /** Additional actions: one for each event (ISO 32000-1 §12.6.3). */
  private triggers(owner: PdfDict): void {
    const triggers = this.view.lookup(owner, 'AA');
    if (!(triggers instanceof PdfDict)) return;
    for (const [, action] of triggers.entries()) this.action(action);
  }

  /** An action and those that follow it by /Next (ISO 32000-1 §12.6.2). */
  private action(first: PdfObject | undefined): void {
    const waiting: (PdfObject | undefined)[] = [first];
    while (waiting.length > 0) {
      const action = this.visit(waiting.pop());
      if (action instanceof PdfArray) for (const item of action) if (isContainer(item)) waiting.push(item);
      if (!(action instanceof PdfDict)) continue;
      const kind = actions.get(asName(this.view.lookup(action, 'S')) ?? '');
      if (kind !== undefined) this.found.add(kind);
      // A rendition action may carry a script of its own (ISO 32000-1 §12.6.4.13).
      if (this.view.lookup(action, 'JS') !== null) this.found.add('JAVASCRIPT');
      if (action.has('Next')) waiting.push(action.get('Next'));
    }
  }

  /** Values of a name tree (ISO 32000-1 §7.9.6). */
  private nameTree(root: PdfObject | undefined, found: (value: PdfObject | undefined) => void): void {
    const waiting: (PdfObject | undefined)[] = [root];
    while (waiting.length > 0) {
      const node = this.visit(waiting.pop());
      if (!(node instanceof PdfDict)) continue;
      const pairs = asArray(this.view.lookup(node, 'Names'))?.items ?? [];
      for (let i = 1; i < pairs.length; i += 2) found(pairs[i]);
      for (const kid of asArray(this.view.lookup(node, 'Kids')) ?? []) waiting.push(kid);
    }
  }

  private outline(first: PdfObject | undefined): void {
    const waiting: (PdfObject | undefined)[] = [first];
    while (waiting.length > 0) {
      const item = this.visit(waiting.pop());
      if (!(item instanceof PdfDict)) continue;
      this.action(item.get('A'));
      waiting.push(item.get('Next'), item.get('First'));
    }
  }
}

/** Destinations inside an array (a page and a fit name) are no actions. */
function isContainer(object: PdfObject): boolean {
  return object instanceof PdfRef || object instanceof PdfDict || object instanceof PdfStream;
}
