import { compareBytes } from '../bytes';
import { PkiError } from '../errors';
import { elementAt, tags } from './element';
import type { DerElement } from './element';

/** Walks through the children of a constructed element, in order, once. */
export class DerReader {
  private position: number;

  private readonly parent: DerElement;

  /** The parent must carry `tag`: SEQUENCE unless said otherwise; `any` for explicit tags already checked. */
  constructor(parent: DerElement, tag: number | 'any' = tags.sequence) {
    if (tag !== 'any') expectTag(parent, tag);
    if (!parent.isConstructed) {
      throw new PkiError(
        'DER_MALFORMED',
        `${hexTag(parent.tag)} at offset ${parent.start} holds no elements`,
      );
    }
    this.parent = parent;
    this.position = parent.contentStart;
  }

  get hasMore(): boolean {
    return this.position < this.parent.end;
  }

  /** Identifier octet of the next child, or undefined at the end. */
  get nextTag(): number | undefined {
    return this.hasMore ? this.parent.source[this.position] : undefined;
  }

  /** The next child, whatever its tag. */
  any(): DerElement {
    const element = elementAt(this.parent.source, this.position, this.parent.end, this.parent.levelsLeft - 1);
    this.position = element.end;
    return element;
  }

  /** The next child, which must carry `tag`. */
  read(tag: number): DerElement {
    if (this.nextTag !== tag) throw this.unexpected(hexTag(tag));
    return this.any();
  }

  /** The next child if it carries `tag`. */
  optional(tag: number): DerElement | undefined {
    return this.nextTag === tag ? this.any() : undefined;
  }

  /** A reader on the next child, which must carry `tag`. */
  enter(tag: number): DerReader {
    return new DerReader(this.read(tag), tag);
  }

  /** Nothing may be left. */
  finish(): void {
    if (this.hasMore) throw this.unexpected('the end');
  }

  private unexpected(wanted: string): PkiError {
    const found = this.nextTag === undefined ? 'the end' : hexTag(this.nextTag);
    return new PkiError('DER_MALFORMED', `expected ${wanted} at offset ${this.position}, found ${found}`);
  }
}

/** All children of a constructed element. */
export function childrenOf(element: DerElement): DerElement[] {
  const reader = new DerReader(element, 'any');
  const children: DerElement[] = [];
  while (reader.hasMore) children.push(reader.any());
  return children;
}

/** All children of a SET OF, which stand in DER's order (X.690 §11.6). */
export function childrenOfSet(element: DerElement): DerElement[] {
  const children = childrenOf(expectTag(element, tags.set));
  const inOrder = children.every((child, index) => {
    const before = children[index - 1];
    return before === undefined || compareBytes(before.der, child.der) <= 0;
  });
  if (!inOrder) throw new PkiError('DER_NOT_CANONICAL', `SET OF out of order at offset ${element.start}`);
  return children;
}

/** The single child of an EXPLICIT tag. */
export function onlyChild(element: DerElement): DerElement {
  const reader = new DerReader(element, 'any');
  const child = reader.any();
  reader.finish();
  return child;
}

/** Refuses an element with another tag; returns it otherwise. */
export function expectTag(element: DerElement, tag: number): DerElement {
  if (element.tag !== tag) {
    throw new PkiError(
      'DER_MALFORMED',
      `expected ${hexTag(tag)} at offset ${element.start}, found ${hexTag(element.tag)}`,
    );
  }
  return element;
}

function hexTag(tag: number): string {
  return `tag 0x${tag.toString(16).padStart(2, '0')}`;
}
