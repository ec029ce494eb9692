import { DOMParser } from '@xmldom/xmldom';
import { PkiError } from '../../errors';

/** Bounds of what is walked: the largest lists published have some 200,000 elements in 12 levels. */
const maxNodes = 2_000_000;
const maxDepth = 64;

const elementNode = 1;
const textNode = 3;
const cdataNode = 4;
const commentNode = 8;

/**
 * Reads XML in UTF-8 without document type, entities of its own and processing instructions: a document that every
 * XML processor reads alike. Throws TRUST_LIST_MALFORMED.
 */
export function parseStrictXml(bytes: Uint8Array): Element {
  const text = decodeUtf8(bytes);
  // Before any parser sees it: neither entities to expand nor files to fetch.
  if (/<!(?!--|\[CDATA\[)/.test(text)) throw malformed('a document type or entity declaration');
  const document = parse(text);
  const root = document.documentElement as Element | null;
  if (!root) throw malformed('no element');
  for (const node of childNodes(document))
    if (node !== root && !isXmlDeclaration(node) && node.nodeType !== commentNode && !isBlank(node))
      throw malformed('something stands beside the root element');
  refuseOddities(root);
  return root;
}

function decodeUtf8(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new PkiError('TRUST_LIST_MALFORMED', 'not UTF-8', { cause });
  }
  const encoding = /^<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1] ?? 'UTF-8';
  if (encoding.toUpperCase() !== 'UTF-8') throw malformed(`encoding ${encoding}`);
  return text;
}

function parse(text: string): Document {
  const refuse = (message: string): never => {
    throw malformed(message);
  };
  const options = {
    errorHandler: { warning: refuse, error: refuse, fatalError: refuse },
    // XML 1.0 §2.11: U+0085 and U+2028 are no line ends, as the parser would have them.
    normalizeLineEndings: (source: string) => source.replace(/\r\n?/g, '\n'),
  };
  try {
    return new DOMParser(options).parseFromString(text, 'text/xml');
  } catch (error) {
    if (error instanceof PkiError) throw error;
    throw new PkiError('TRUST_LIST_MALFORMED', 'not well-formed XML', { cause: error });
  }
}

/** No recursion: what is nested a million deep must be refused, not break the stack. */
function refuseOddities(root: Element): void {
  const ids = new Set<string>();
  let level: Node[] = [root];
  let nodes = 0;
  for (let depth = 0; level.length > 0; depth++) {
    nodes += level.length;
    if (depth > maxDepth || nodes > maxNodes) throw malformed('nested too deeply, or too large');
    const below: Node[] = [];
    for (const node of level) {
      if (![elementNode, textNode, cdataNode, commentNode].includes(node.nodeType))
        throw malformed(`a node of type ${node.nodeType}`);
      if (node.nodeType !== elementNode) continue;
      refuseRepeatedIds(node as Element, ids);
      for (const child of childNodes(node)) below.push(child);
    }
    level = below;
  }
}

/** Whoever looks an id up must find the same element as everybody else. */
function refuseRepeatedIds(element: Element, ids: Set<string>): void {
  for (const name of ['Id', 'ID', 'id', 'xml:id']) {
    if (!element.hasAttribute(name)) continue;
    const id = element.getAttribute(name) ?? '';
    if (ids.has(id)) throw malformed(`the id ${id} stands twice`);
    ids.add(id);
  }
}

function isXmlDeclaration(node: Node): boolean {
  return node.nodeName === 'xml' && node.previousSibling === null;
}

function isBlank(node: Node): boolean {
  return node.nodeType === textNode && (node.nodeValue ?? '').trim() === '';
}

function* childNodes(parent: Node): Generator<Node, void, undefined> {
  for (let node: Node | null = parent.firstChild; node; node = node.nextSibling) yield node;
}

/** Child elements, of one name if given. */
export function childElements(parent: Element, namespace?: string, name?: string): Element[] {
  const found: Element[] = [];
  for (const node of childNodes(parent)) {
    if (node.nodeType !== elementNode) continue;
    const element = node as Element;
    if (name === undefined || (element.localName === name && element.namespaceURI === namespace))
      found.push(element);
  }
  return found;
}

/** The one child of that name. Throws TRUST_LIST_MALFORMED where there is none or several. */
export function onlyElement(parent: Element, namespace: string, name: string): Element {
  const found = optionalElement(parent, namespace, name);
  if (!found) throw malformed(`${parent.localName} without ${name}`);
  return found;
}

export function optionalElement(parent: Element, namespace: string, name: string): Element | undefined {
  const found = childElements(parent, namespace, name);
  if (found.length > 1) throw malformed(`${parent.localName} with ${found.length} ${name}`);
  return found[0];
}

/** Text of an element without its comments, trimmed. */
export function textOf(element: Element): string {
  return element.textContent.trim();
}

/** Content of xs:base64Binary. */
export function base64Of(element: Element): Uint8Array {
  const compact = textOf(element).replace(/\s+/g, '');
  if (compact === '' || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.length % 4 !== 0)
    throw malformed(`${element.localName} is not Base64`);
  return Uint8Array.from(Buffer.from(compact, 'base64'));
}

export function malformed(message: string): PkiError {
  return new PkiError('TRUST_LIST_MALFORMED', message);
}
