import type { Bloc } from '#directory';
import type { PdfDict, PdfPage, PdfView } from '#pdf';
import { asArray, asDict, asName, openPdf } from '#pdf';

import { pageRules } from '../../rules';
import type { FormatFault } from './format-faults';
import { formatFault } from './format-faults';

const mm = 72 / 25.4;

/** Faults that the structure of the file shows: the size of each page, and fonts of the first and last pages. */
export function structureFaults(pdf: Uint8Array, bloc: Bloc): FormatFault[] {
  const view = openPdf(pdf).latest;
  const pages = [...view.pages()];
  const odd = pages.find((page) => !isA4(page));
  const looked = pages.filter(({ index }) => index < 2 || index === pages.length - 1);
  const bare = looked.find((page) => !fontsAreEmbedded(view, page));
  return [
    ...(odd === undefined ? [] : [formatFault('PAGE_NOT_A4', bloc, odd.index + 1)]),
    ...(bare === undefined ? [] : [formatFault('FONT_NOT_EMBEDDED', bloc, bare.index + 1)]),
  ];
}

/** Upright or, for tables, on its side. */
function isA4({ cropBox: [x1, y1, x2, y2] }: PdfPage): boolean {
  const { width, height, tolerance } = pageRules.a4;
  const near = (points: number, millimetres: number): boolean =>
    Math.abs(points / mm - millimetres) <= tolerance;
  const [across, up] = [Math.abs(x2 - x1), Math.abs(y2 - y1)];
  return (near(across, width) && near(up, height)) || (near(across, height) && near(up, width));
}

/** ISO 32000-1 §9.9: a font is embedded where its descriptor names a font file. */
function fontsAreEmbedded(view: PdfView, { resources }: PdfPage): boolean {
  const fonts = resources && asDict(view.lookup(resources, 'Font'));
  if (!fonts) return true;
  return fonts.keys().every((key) => {
    const font = asDict(view.lookup(fonts, key));
    return font === undefined || isEmbedded(view, font);
  });
}

function isEmbedded(view: PdfView, font: PdfDict): boolean {
  if (asName(view.lookup(font, 'Subtype')) === 'Type3') return true;
  const [descendant] = asArray(view.lookup(font, 'DescendantFonts'))?.items ?? [];
  const holder = (descendant === undefined ? undefined : asDict(view.resolve(descendant))) ?? font;
  const descriptor = asDict(view.lookup(holder, 'FontDescriptor'));
  return (
    descriptor !== undefined &&
    ['FontFile', 'FontFile2', 'FontFile3'].some((key) => view.lookup(descriptor, key) !== null)
  );
}
