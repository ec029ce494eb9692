import { damaged } from '../errors';
import { asDict, asName } from '../model/objects';
import type { PdfFile } from '../read/pdf-file';
import { findActiveContent } from './active-content';
import type { ActiveContent } from './active-content';
import { formFields, signatureFields } from './signature-fields';
import type { SignatureField } from './signature-fields';
import { refuseTrailingBytes } from './trailing-bytes';

/** What the upload check must know about a file. */
export interface PdfInspection {
  /** Such as `1.7`: of the header, or of the catalog where that is later. */
  readonly version: string;
  /** Pages counted by walking the tree, not what /Count claims. */
  readonly pageCount: number;
  readonly revisionCount: number;
  /** Always false: `openPdf` refuses encrypted files with PDF_ENCRYPTED. */
  readonly encrypted: false;
  readonly signatureFields: readonly SignatureField[];
  /** Whether some signature certifies the document, in a field or by the catalog's /Perms. */
  readonly certified: boolean;
  /** Codes of what the document may do beside being read, in alphabetical order. */
  readonly activeContent: readonly ActiveContent[];
  /** Whether the form has fields other than signatures. */
  readonly hasForm: boolean;
  /** Bytes after the last revision: white space only, anything else is refused. */
  readonly trailingBytes: number;
}

/**
 * Walks catalog, name trees, outline, form, pages and annotations of the newest revision; reads no page content.
 * @throws PdfError PDF_TRUNCATED, PDF_DAMAGED or PDF_LIMIT_EXCEEDED for what it meets on the way
 */
export function inspectPdf(file: PdfFile): PdfInspection {
  refuseTrailingBytes(file);
  const view = file.latest;
  const catalog = view.catalog();
  let pageCount = 0;
  // `pages` numbers what it yields; running it to the end also finds circles.
  for (const page of view.pages()) pageCount = page.index + 1;
  if (pageCount === 0) throw damaged('the document has no page');
  if (pageCount !== view.pageCount()) {
    throw damaged('the page tree holds another number of pages than it counts', {
      pages: pageCount,
      counted: view.pageCount(),
    });
  }
  const fields = signatureFields(view);
  const permissions = asDict(view.lookup(catalog, 'Perms'));
  let hasForm = false;
  for (const field of formFields(view)) {
    if (field.terminal && field.type !== 'Sig') hasForm = true;
  }
  return {
    version: later(file.headerVersion, asName(view.lookup(catalog, 'Version'))),
    pageCount,
    revisionCount: file.revisions.length,
    encrypted: false,
    signatureFields: fields,
    certified:
      fields.some((field) => field.docMdp !== undefined) ||
      (permissions !== undefined && view.lookup(permissions, 'DocMDP') !== null),
    activeContent: findActiveContent(view),
    hasForm,
    trailingBytes: file.trailingBytes,
  };
}

function later(header: string, catalog: string | undefined): string {
  return catalog !== undefined && /^\d\.\d$/.test(catalog) && catalog > header ? catalog : header;
}
