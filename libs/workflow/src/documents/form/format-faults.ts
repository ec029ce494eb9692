import type { Bloc } from '#directory';
import { searchText } from '#directory';
import type { PageText, TextSegment } from '#pdf';
import { textSegments } from '#pdf';

import type { FormatRuleCode } from '../../rules';
import { documentType, formatBasis, formatRules, headings, pageRules } from '../../rules';

/** What the form of a document is compared with. */
export interface FormFacts {
  readonly bloc: Bloc;
  readonly typeCode: string;
  readonly abstract: string | null;
  /** Any of them may stand at the top left. */
  readonly authorNames: readonly string[];
  readonly signatureBlock: readonly string[];
  /** Who may sign: the holders of the named post. */
  readonly signerNames: readonly string[];
}

/** One thing to look at; `severity` says whether it stops the number. */
export interface FormatFault {
  readonly code: FormatRuleCode;
  readonly severity: 'error' | 'warning';
  /** Where it is demanded. */
  readonly clause: string;
  /** Counted from 1; null for the document as a whole. */
  readonly page: number | null;
  readonly vi: string;
  readonly en: string;
}

export function formatFault(code: FormatRuleCode, bloc: Bloc, page: number | null): FormatFault {
  const { severity, vi, en } = formatRules[code];
  return { code, severity, clause: formatBasis(code, bloc).source, page, vi, en };
}

/**
 * Compares the text of the first pages and the last with what is known of the document. Text is folded first: a tone
 * mark on another letter, or a line broken elsewhere, is no fault of form.
 */
export function textFaults(facts: FormFacts, pageCount: number, pages: readonly PageText[]): FormatFault[] {
  const fault = (code: FormatRuleCode, page: number): FormatFault => formatFault(code, facts.bloc, page);
  const first = pages.find(({ page }) => page === 1);
  const last = pages.find(({ page }) => page === pageCount);
  if (first === undefined || last === undefined) return [];
  const blank = pages.filter(({ runs }) => runs.length === 0);
  const faults = blank.map(({ page }) => fault('TEXT_NOT_READABLE', page));
  if (first.runs.length > 0) faults.push(...firstPageFaults(facts, first).map((code) => fault(code, 1)));
  if (last.runs.length > 0)
    faults.push(...lastPageFaults(facts, pages).map((code) => fault(code, pageCount)));
  const second = pages.find(({ page }) => page === 2);
  if (second !== undefined && second.runs.length > 0 && !showsNumber(second))
    faults.push(fault('PAGE_NUMBERS_MISSING', 2));
  for (const page of pages) if (isOutsideMargins(page)) faults.push(fault('MARGIN_TOO_NARROW', page.page));
  return faults;
}

function firstPageFaults(facts: FormFacts, page: PageText): FormatRuleCode[] {
  const head = folded(textSegments(page).filter(({ y }) => y > page.height * 0.7));
  const whole = folded(textSegments(page));
  const mine = facts.bloc === 'party' ? 'party' : 'other';
  const shown = headings.filter(({ text }) => head.includes(searchText(text)));
  const type = documentType(facts.bloc, facts.typeCode);
  const isLetter = type?.numberStyle === 'letter' || facts.typeCode === 'CV';
  const faults: [FormatRuleCode, boolean][] = [
    ['HEADER_OF_OTHER_BLOC', shown.some(({ bloc }) => bloc !== mine)],
    ['HEADER_MISSING', !shown.some(({ bloc }) => bloc === mine)],
    ['AGENCY_NAME_MISSING', !facts.authorNames.some((name) => head.includes(searchText(name)))],
    // Công văn carries no name of its type.
    ['TYPE_NAME_MISSING', !isLetter && type !== undefined && !whole.includes(searchText(type.name))],
    ['ABSTRACT_DIFFERS', facts.abstract !== null && !whole.includes(core(facts.abstract))],
  ];
  return faults.flatMap(([code, found]) => (found ? [code] : []));
}

function lastPageFaults(facts: FormFacts, pages: readonly PageText[]): FormatRuleCode[] {
  const end = folded(pages.slice(-2).flatMap((page) => textSegments(page)));
  const faults: [FormatRuleCode, boolean][] = [
    ['SIGNER_TITLE_MISSING', !facts.signatureBlock.every((line) => end.includes(searchText(line)))],
    ['SIGNER_NAME_MISSING', !facts.signerNames.some((name) => end.includes(searchText(name)))],
    ['RECIPIENTS_LIST_MISSING', !end.includes('noi nhan')],
  ];
  return faults.flatMap(([code, found]) => (found ? [code] : []));
}

/** An abstract begins "Về việc …", "V/v …" or "về …" on the page, and the person may leave that out. */
function core(abstract: string): string {
  return searchText(abstract).replace(/^(?:ve viec|v v|ve)\s+/, '');
}

const folded = (segments: readonly TextSegment[]): string =>
  searchText(segments.map(({ text }) => text).join(' '));

/** Centred at the top (Decree 30) or somewhere in the margins; a number alone either way. */
function showsNumber(page: PageText): boolean {
  return textSegments(page).some(
    ({ text, y }) =>
      /^[-–—\s]*\d{1,4}(?:\s*\/\s*\d{1,4})?[-–—\s]*$/.test(text) &&
      (y > page.height * 0.9 || y < page.height * 0.1),
  );
}

function isOutsideMargins(page: PageText): boolean {
  const { left, right, tolerance } = pageRules.margins;
  const mm = 72 / 25.4;
  // Lines of text count, not what a heading, a stamp or a page number puts into the margin.
  const lines = textSegments(page).filter(({ text, y }) => text.length > 20 && y < page.height * 0.8);
  return lines.some(
    ({ x, width }) => x < (left - tolerance) * mm || x + width > page.width - (right - tolerance) * mm,
  );
}
