import { concatBytes, latin1 } from '../bytes';
import { deflate } from '../filters/flate';
import { array, dict, name, PdfRef, PdfStream, PdfString } from '../model/objects';
import type { PdfObject } from '../model/objects';
import { textString } from '../model/text-string';
import { serializeObject } from '../write/serialize';
import type { GrowingFont } from './growing-font';

/** Pages under one node of the page tree (ISO 32000-1 §7.7.3 wants it balanced). */
const pagesPerNode = 100;

/**
 * Writes a new PDF page by page: what is written can be sent at once, and only object offsets and the letters used
 * are held, however many pages there are. The same pages give the same bytes.
 *
 * Call `begin`, then `page` for each, then `end`; the answers one after the other are the file.
 */
export class PageStream {
  private readonly offsets: number[] = [];
  private length = 0;
  private objects = 0;
  private readonly catalog = this.reserve();
  private readonly root = this.reserve();
  private readonly fonts: readonly (readonly [string, PdfRef, GrowingFont])[];
  private readonly nodes: { readonly ref: PdfRef; readonly count: number }[] = [];
  private node = this.reserve();
  private kids: PdfRef[] = [];

  /**
   * @param size of every page, in points
   * @param fonts by the names that the pages' content uses: `F1`
   */
  constructor(
    private readonly size: { readonly width: number; readonly height: number },
    fonts: Readonly<Record<string, GrowingFont>>,
  ) {
    this.fonts = Object.entries(fonts).map(([key, font]) => [key, this.reserve(), font]);
  }

  begin(): Uint8Array {
    const head = latin1('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n');
    this.length = head.length;
    return head;
  }

  /** @param content operators of the page (ISO 32000-1 §8), in ISO 8859-1 */
  page(content: string): Uint8Array {
    const stream = this.reserve();
    const page = this.reserve();
    this.kids.push(page);
    const parts = [
      this.write(stream, new PdfStream(dict({ Filter: name('FlateDecode') }), deflate(latin1(content)))),
      this.write(page, dict({ Type: name('Page'), Parent: this.node, Contents: stream })),
    ];
    if (this.kids.length === pagesPerNode) parts.push(this.closeNode());
    return concatBytes(parts);
  }

  end(title: string): Uint8Array {
    const parts: Uint8Array[] = [];
    if (this.kids.length > 0) parts.push(this.closeNode());
    for (const [, ref, font] of this.fonts) {
      const type0 = font.finish((object) => {
        const part = this.reserve();
        parts.push(this.write(part, object));
        return part;
      });
      parts.push(this.write(ref, type0));
    }
    const fonts = dict(Object.fromEntries(this.fonts.map(([key, ref]) => [key, ref])));
    const info = this.reserve();
    parts.push(
      this.write(
        this.root,
        dict({
          Type: name('Pages'),
          Kids: array(this.nodes.map(({ ref }) => ref)),
          Count: this.nodes.reduce((sum, { count }) => sum + count, 0),
          MediaBox: array([0, 0, this.size.width, this.size.height]),
          Resources: dict({ Font: fonts }),
        }),
      ),
      this.write(
        this.catalog,
        dict({
          Type: name('Catalog'),
          Pages: this.root,
          Lang: new PdfString(latin1('vi-VN')),
          ViewerPreferences: dict({ DisplayDocTitle: true }),
        }),
      ),
      this.write(info, dict({ Title: textString(title), Producer: textString('Sealpost') })),
      this.trailer(info),
    );
    return concatBytes(parts);
  }

  private closeNode(): Uint8Array {
    const node = dict({
      Type: name('Pages'),
      Parent: this.root,
      Kids: array(this.kids),
      Count: this.kids.length,
    });
    const written = this.write(this.node, node);
    this.nodes.push({ ref: this.node, count: this.kids.length });
    this.node = this.reserve();
    this.kids = [];
    return written;
  }

  private reserve(): PdfRef {
    this.objects += 1;
    return new PdfRef(this.objects);
  }

  private write(ref: PdfRef, object: PdfObject): Uint8Array {
    this.offsets[ref.num] = this.length;
    const bytes = concatBytes([latin1(`${ref.num} 0 obj\n`), serializeObject(object), latin1('\nendobj\n')]);
    this.length += bytes.length;
    return bytes;
  }

  /** A reserved number that was never written stands as free (ISO 32000-1 §7.5.4). */
  private trailer(info: PdfRef): Uint8Array {
    const lines = [`xref\n0 ${this.objects + 1}\n0000000000 65535 f \n`];
    for (let number = 1; number <= this.objects; number += 1) {
      const offset = this.offsets[number];
      lines.push(
        offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`,
      );
    }
    const trailer = dict({ Size: this.objects + 1, Root: this.catalog, Info: info });
    return concatBytes([
      latin1(lines.join('')),
      latin1('trailer\n'),
      serializeObject(trailer),
      latin1(`\nstartxref\n${this.length}\n%%EOF\n`),
    ]);
  }
}
