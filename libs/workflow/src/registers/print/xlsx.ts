import { Zip, ZipDeflate } from 'fflate';

import type { PrintedRegister, PrintedRow } from './printed-register';

/** Styles by their place in `cellXfs`: plain, head, void, fault. */
const styleOf = { plain: 0, void: 2, fault: 3 } as const;
const headStyle = 1;

/**
 * A workbook of one sheet (ECMA-376 parts 1 and 2) written row by row: every cell is text, never a formula. No more
 * than one stretch of rows is held, which libraries that take a whole sheet at once cannot do.
 */
export async function* registerXlsx(register: PrintedRegister): AsyncGenerator<Uint8Array> {
  const written: Uint8Array[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    written.push(part);
  });
  const taken = (): Uint8Array => Buffer.concat(written.splice(0));
  for (const [path, xml] of parts(register)) {
    const file = entry(zip, path);
    file.push(text(xml), true);
  }
  const sheet = entry(zip, 'xl/worksheets/sheet1.xml');
  sheet.push(text(sheetHead(register)));
  yield taken();
  let number = 1;
  for await (const stretch of register.rows) {
    const xml = stretch.map((row) => rowXml((number += 1), row)).join('');
    sheet.push(text(xml));
    yield taken();
  }
  sheet.push(text(sheetEnd), true);
  zip.end();
  yield taken();
}

function entry(zip: Zip, path: string): ZipDeflate {
  const file = new ZipDeflate(path, { level: 4 });
  // The same rows give the same bytes.
  file.mtime = new Date(2000, 0, 1);
  zip.add(file);
  return file;
}

const text = (xml: string): Uint8Array => new TextEncoder().encode(xml);
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function parts({ form }: PrintedRegister): readonly (readonly [string, string])[] {
  const relations = (list: readonly (readonly [string, string])[]): string =>
    `${declaration}<Relationships xmlns="${packaged}/relationships">${list
      .map(
        ([type, target], index) =>
          `<Relationship Id="r${index + 1}" Type="${office}/${type}" Target="${target}"/>`,
      )
      .join('')}</Relationships>`;
  return [
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/></Types>`,
    ],
    ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
    [
      'xl/_rels/workbook.xml.rels',
      relations([
        ['worksheet', 'worksheets/sheet1.xml'],
        ['styles', 'styles.xml'],
      ]),
    ],
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(sheetName(form.title))}" sheetId="1" r:id="r1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${escaped(sheetName(form.title))}'!$1:$1</definedName></definedNames></workbook>`,
    ],
    ['xl/styles.xml', styles],
  ];
}

/** Excel takes 31 characters. */
function sheetName(title: string): string {
  return title.slice(0, 31).trim();
}

const wrap = '<alignment vertical="top" wrapText="1"/>';
const styles = `${declaration}<styleSheet xmlns="${main}"><fonts count="4"><font><sz val="11"/><name val="Times New Roman"/></font><font><b/><sz val="11"/><name val="Times New Roman"/></font><font><i/><sz val="11"/><color rgb="FF5A5A5A"/><name val="Times New Roman"/></font><font><b/><sz val="11"/><color rgb="FFC00000"/><name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4">${[
  0, 1, 2, 3,
]
  .map(
    (font) =>
      `<xf fontId="${font}" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1">${wrap}</xf>`,
  )
  .join('')}</cellXfs></styleSheet>`;

function sheetHead({ form }: PrintedRegister): string {
  // A column of Excel's is measured in digits, of which about five go into a centimetre.
  const widths = form.columns
    .map(
      ({ widthMm }, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${widthMm * 0.55}" customWidth="1"/>`,
    )
    .join('');
  const head = cells(
    form.columns.map(({ vi }) => vi),
    headStyle,
  );
  return `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData><row r="1">${head}</row>`;
}

const sheetEnd = '</sheetData><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>';

function rowXml(number: number, row: PrintedRow): string {
  return `<row r="${number}">${cells(row.cells, styleOf[row.tone])}</row>`;
}

function cells(texts: readonly string[], style: number): string {
  return texts
    .map((one) => `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(one)}</t></is></c>`)
    .join('');
}

/** XML 1.0 has no place for control characters and halves of letters. */
function escaped(value: string): string {
  return (
    value
      .toWellFormed()
      // eslint-disable-next-line no-control-regex -- just these are refused by XML 1.0
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
