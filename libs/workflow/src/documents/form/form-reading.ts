import type { Bloc } from '#directory';
import { searchText } from '#directory';
import type { PageText, TextSegment } from '#pdf';
import { agencyRectOver, decree30, millimetres, textSegments } from '#pdf';

import { documentTypesOf } from '../../rules';
import type { Layout, PartPlace } from './layout';

/** Whom the page may name. */
export interface KnownNames {
  readonly bloc: Bloc;
  readonly bodies: readonly { readonly id: string; readonly name: string }[];
  readonly signers: readonly { readonly postId: string; readonly name: string }[];
}

/** What a page says of itself, to be confirmed by a person. */
export interface FormReading {
  readonly bodyId?: string;
  readonly typeCode?: string;
  readonly abstract?: string;
  readonly signer: { readonly postId?: string; readonly name?: string };
  readonly positions: Layout;
  /** From 0 to 1, for each field that was found. */
  readonly confidence: Readonly<
    Partial<Record<'bodyId' | 'typeCode' | 'abstract' | 'signer' | 'positions', number>>
  >;
}

/** Reads the form of Decree 30/2020 annex I out of the text of the first page and the last. */
export function readForm(known: KnownNames, first: PageText, last: PageText): FormReading {
  const top = textSegments(first);
  const end = textSegments(last);
  const body = bodyIn(known, first, top);
  const title = titleIn(known.bloc, first, top);
  const signer = signerIn(known, end);
  const signature = signer && signaturePlace(last, end, signer.segment);
  const positions: Layout = { ...headerPlaces(first, top), ...signature };
  return {
    ...(body !== undefined && { bodyId: body }),
    ...(title?.typeCode !== undefined && { typeCode: title.typeCode }),
    ...(title?.abstract !== undefined && { abstract: title.abstract }),
    signer: signer === undefined ? {} : { postId: signer.postId, name: signer.name },
    positions,
    confidence: {
      ...(body !== undefined && { bodyId: 0.9 }),
      ...(title?.typeCode !== undefined && { typeCode: title.sure ? 0.9 : 0.6 }),
      ...(title?.abstract !== undefined && { abstract: title.sure ? 0.8 : 0.6 }),
      ...(signer !== undefined && { signer: 0.9 }),
      ...(Object.keys(positions).length > 0 && { positions: signer === undefined ? 0.5 : 0.8 }),
    },
  };
}

/** The longest name wins: a standing board's holds that of its committee. */
function bodyIn({ bodies }: KnownNames, page: PageText, top: readonly TextSegment[]): string | undefined {
  const head = searchText(
    top
      .filter(({ x, y }) => x < page.width * 0.46 && y > page.height * 0.75)
      .map(({ text }) => text)
      .join(' '),
  );
  const [found] = bodies
    .filter(({ name }) => head.includes(searchText(name)))
    .toSorted((a, b) => b.name.length - a.name.length);
  return found?.id;
}

interface Title {
  readonly typeCode: string;
  readonly abstract?: string;
  readonly sure: boolean;
}

function titleIn(bloc: Bloc, page: PageText, top: readonly TextSegment[]): Title | undefined {
  const types = documentTypesOf(bloc).map(({ code, name }) => ({ code, folded: searchText(name) }));
  for (const [index, segment] of top.entries()) {
    const folded = searchText(segment.text);
    const type = segment.y > page.height * 0.5 && types.find((known) => known.folded === folded);
    if (type && isCentred(page, segment)) {
      const abstract = linesBelow(top.slice(index + 1), segment, (next) => isCentred(page, next));
      return { typeCode: type.code, ...(abstract !== '' && { abstract }), sure: true };
    }
  }
  return letterIn(top);
}

/** Công văn: `V/v …` under the number, or no name of a type but "Kính gửi". */
function letterIn(top: readonly TextSegment[]): Title | undefined {
  const index = top.findIndex(({ text }) => /^v\s*\/\s*v\b/i.test(text));
  const subject = top[index];
  if (subject !== undefined) {
    const middle = subject.x + subject.width / 2;
    const isBelow = (next: TextSegment): boolean => Math.abs(next.x + next.width / 2 - middle) < 40;
    const column = top.slice(index + 1).filter(isBelow);
    const rest = linesBelow(column, subject, isBelow);
    const said = `${subject.text} ${rest}`.trim().replace(/^v\s*\/\s*v\.?:?\s*/i, '');
    return { typeCode: 'CV', abstract: `Về việc ${said}`, sure: true };
  }
  return top.some(({ text }) => searchText(text).startsWith('kinh gui'))
    ? { typeCode: 'CV', sure: false }
    : undefined;
}

const isCentred = (page: PageText, { x, width }: TextSegment): boolean =>
  Math.abs(x + width / 2 - page.width / 2) < page.width * 0.08 && width < page.width * 0.75;

const endsTitle = /^(?:căn cứ|kính gửi|kính trình|theo |thực hiện |[-–—_.\s]+$|\d+[.)]|[ivx]+[.)])/i;

/** Lines that follow closely, in the same manner, until the text begins. */
function linesBelow(
  segments: readonly TextSegment[],
  above: TextSegment,
  belongs: (segment: TextSegment) => boolean,
): string {
  const lines: string[] = [];
  let y = above.y;
  for (const segment of segments) {
    const isNear = y - segment.y < 2.4 * segment.size;
    if (!isNear || !belongs(segment) || endsTitle.test(segment.text) || lines.length >= 6) break;
    lines.push(segment.text);
    y = segment.y;
  }
  return lines.join(' ').slice(0, 500).trim();
}

/** The name that stands lowest in the right half. */
function signerIn(
  { signers }: KnownNames,
  end: readonly TextSegment[],
): { readonly postId: string; readonly name: string; readonly segment: TextSegment } | undefined {
  for (const segment of end.toReversed()) {
    const folded = searchText(segment.text);
    const signer = signers.find(({ name }) => folded.endsWith(searchText(name)) && folded.length < 80);
    if (signer !== undefined) return { ...signer, segment };
  }
  return undefined;
}

/** Between the title above and the name below (Decree 30/2020 annex I, boxes 7a to 7c). */
function signaturePlace(page: PageText, end: readonly TextSegment[], name: TextSegment): Layout {
  const middle = name.x + name.width / 2;
  const above = end.filter(
    ({ x, y, width }) => y > name.y + name.size && Math.abs(x + width / 2 - middle) < 90,
  );
  const ceiling = Math.min(...above.map(({ y }) => y), page.height) - 4;
  const floor = name.y + name.size;
  const size = decree30.personalSignature.value;
  const height = Math.min(millimetres(size.height), ceiling - floor);
  if (height < millimetres(10)) return {};
  const width = Math.min(millimetres(size.width), 2 * (page.width - middle), 2 * middle);
  const y = floor + (ceiling - floor - height) / 2;
  const signature = rounded({ page: page.page, x: middle - width / 2, y, width, height });
  const { x } = signature;
  const diameter = millimetres(decree30.agencySignature.value.diameter);
  const [x1, y1, x2, y2] = agencyRectOver(
    [x, signature.y, x + signature.width, signature.y + signature.height],
    { width: diameter, height: diameter },
    [0, 0, page.width, page.height],
  );
  const seal = { page: page.page, x: x1, y: y1, width: x2 - x1, height: y2 - y1 };
  return { signature, agencySignature: rounded(seal) };
}

/** Number and date: where the page leaves room for them, else below the names of agency and nation. */
function headerPlaces(page: PageText, top: readonly TextSegment[]): Layout {
  const head = top.filter(({ y }) => y > page.height * 0.72);
  const middle = page.width * 0.46;
  const line = (pattern: RegExp): TextSegment | undefined => head.find(({ text }) => pattern.test(text));
  const number = line(/^số\s*:?\s*(?:$|[.…\d/-])/i);
  const date = line(/ngày\s*[.…\d\s]*\s*tháng\s*[.…\d\s]*\s*năm/i);
  const left = number ?? lowest(head.filter(({ x, text }) => x < middle && !/^v\s*\/\s*v/i.test(text)));
  const right = date ?? lowest(head.filter(({ x }) => x >= middle));
  const height = millimetres(8);
  const place = (segment: TextSegment, isLine: boolean, from: number, to: number): PartPlace =>
    rounded({
      page: page.page,
      x: from,
      y: isLine ? segment.y - height * 0.35 : segment.y - height - 6,
      width: to - from,
      height,
    });
  return {
    ...(left && { number: place(left, left === number, millimetres(20), middle) }),
    ...(right && { date: place(right, right === date, middle, page.width - millimetres(12)) }),
  };
}

const lowest = (segments: readonly TextSegment[]): TextSegment | undefined =>
  segments.toSorted((a, b) => a.y - b.y)[0];

function rounded(place: PartPlace): PartPlace {
  const hundredths = (value: number): number => Math.round(value * 100) / 100;
  const { page, x, y, width, height } = place;
  return {
    page,
    x: hundredths(Math.max(0, x)),
    y: hundredths(Math.max(0, y)),
    width: hundredths(width),
    height: hundredths(height),
  };
}
