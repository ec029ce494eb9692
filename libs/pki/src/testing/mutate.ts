import { concatBytes } from '../bytes';
import { readDer, tags } from '../der/element';
import type { DerElement } from '../der/element';
import { childrenOf } from '../der/reader';
import { tlv } from '../der/writer';
import { PkiError } from '../errors';

/** Changes of DER, at random from numbers in [0, 1): of its bytes as they lie, and of its tree, lengths put right. */

export type Random = () => number;

export interface Mutation {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface Node {
  readonly tag: number;
  readonly content: Uint8Array;
  /** What the content consists of, where it does: also the DER inside of an OCTET STRING. */
  readonly children: readonly Node[];
}

export interface Tree {
  readonly der: Uint8Array;
  readonly root: Node;
  /** Every node but the root. */
  readonly nodes: readonly Node[];
  /** Where a tag, length or value begins. */
  readonly headers: readonly number[];
}

export function treeOf(der: Uint8Array): Tree {
  const nodes: Node[] = [];
  const headers: number[] = [];
  const read = (element: DerElement, offset: number): Node => {
    headers.push(offset + element.start);
    const inner = innerElements(element);
    const base = inner[0]?.source === element.source ? offset : offset + element.contentStart;
    const children = inner.map((child) => read(child, base));
    const node = { tag: element.tag, content: element.content, children };
    nodes.push(node);
    return node;
  };
  const root = read(readDer(der), 0);
  return { der, root, nodes: nodes.filter((node) => node !== root), headers };
}

function innerElements(element: DerElement): readonly DerElement[] {
  if (element.isConstructed) return childrenOf(element);
  if (element.tag !== tags.octetString) return [];
  try {
    const inner = readDer(element.content);
    readThrough(inner);
    return [inner];
  } catch (error) {
    if (error instanceof PkiError) return [];
    throw error;
  }
}

/** Random octets may begin like DER: only what is DER to its last element counts. */
function readThrough(element: DerElement): void {
  if (element.isConstructed) childrenOf(element).forEach(readThrough);
}

/** Encodes the tree; `edit` gives what stands in place of a node, or undefined to leave it. */
function encode(node: Node, edit: (node: Node) => Uint8Array | undefined): Uint8Array {
  const edited = edit(node);
  if (edited) return edited;
  if (node.children.length === 0) return tlv(node.tag, node.content);
  return tlv(node.tag, concatBytes(node.children.map((child) => encode(child, edit))));
}

const plain = (node: Node): Uint8Array => encode(node, () => undefined);

function below(limit: number, random: Random): number {
  return Math.floor(random() * limit);
}

function pick<T>(items: readonly T[], random: Random): T {
  const item = items[below(items.length, random)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

const ofBytes: Readonly<Record<string, (tree: Tree, random: Random) => Uint8Array>> = {
  'bit flipped': ({ der }, random) => {
    const bytes = der.slice();
    const at = below(bytes.length, random);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8, random));
    return bytes;
  },
  'byte replaced': ({ der }, random) => {
    const bytes = der.slice();
    bytes[below(bytes.length, random)] = pick([0, 1, 0x7f, 0x80, 0xff, below(256, random)], random);
    return bytes;
  },
  'bytes deleted': ({ der }, random) => {
    const at = below(der.length, random);
    return concatBytes([der.subarray(0, at), der.subarray(at + 1 + below(8, random))]);
  },
  'bytes inserted': ({ der }, random) => {
    const at = below(der.length + 1, random);
    const fresh = Uint8Array.from({ length: 1 + below(8, random) }, () => below(256, random));
    return concatBytes([der.subarray(0, at), fresh, der.subarray(at)]);
  },
  truncated: ({ der }, random) => der.slice(0, below(der.length, random)),
  'length changed': ({ der, headers }, random) => {
    const bytes = der.slice();
    const at = pick(headers, random) + 1 + below(2, random);
    bytes[at] = (bytes[at] ?? 0) + pick([1, -1, 2, -2, 0x80, 0x7f], random);
    return bytes;
  },
  'length in long form': ({ der, headers }, random) => {
    const at = pick(headers, random) + 1;
    const fresh = pick([[0x81], [0x82, 0], [0x80], [0x84, 0xff, 0xff, 0xff], [0x88, 0, 0x20]], random);
    return concatBytes([der.subarray(0, at), Uint8Array.from(fresh), der.subarray(at)]);
  },
};

const ofTree: Readonly<Record<string, (target: Node, tree: Tree, random: Random) => Uint8Array>> = {
  'element deleted': () => new Uint8Array(0),
  'element doubled': (target) => concatBytes([plain(target), plain(target)]),
  'element replaced by another': (_, { nodes }, random) => plain(pick(nodes, random)),
  'element put before another': (target, { nodes }, random) =>
    concatBytes([plain(target), plain(pick(nodes, random))]),
  'elements in other order': (target, _, random) => {
    const children = target.children.map(plain);
    const from = below(children.length, random);
    const [moved = new Uint8Array(0)] = children.splice(from, 1);
    children.splice(below(children.length + 1, random), 0, moved);
    return tlv(target.tag, children.length > 1 ? concatBytes(children) : target.content);
  },
  'tag changed': (target, _, random) => {
    const bytes = plain(target).slice();
    bytes[0] = pick([...Object.values(tags), 0x80, 0x82, 0xa0, 0xa1, 0xa3, 0x1f, below(256, random)], random);
    return bytes;
  },
  'value changed': ({ tag, content }, _, random) => {
    const bytes = content.slice();
    if (bytes.length > 0) bytes[below(bytes.length, random)] = below(256, random);
    return tlv(tag, bytes);
  },
  'value emptied': ({ tag }) => tlv(tag, new Uint8Array(0)),
  'value padded': ({ tag, content }, _, random) =>
    tlv(
      tag,
      random() < 0.5 ? concatBytes([Uint8Array.of(0), content]) : concatBytes([content, Uint8Array.of(0)]),
    ),
  'value repeated': ({ tag, content }) => tlv(tag, concatBytes([content, content])),
  'wrapped once more': (target) => tlv(tags.sequence, plain(target)),
};

/** One change, sometimes a second one upon it. */
export function mutate(tree: Tree, random: Random): Mutation {
  if (random() < 0.5) {
    const [name, change] = pick(Object.entries(ofBytes), random);
    const once = change(tree, random);
    if (random() < 0.8 || once.length === 0) return { name, bytes: once };
    return { name: `${name}, bit flipped`, bytes: flipped(once, random) };
  }
  const [name, change] = pick(Object.entries(ofTree), random);
  const target = pick(tree.nodes, random);
  const replacement = change(target, tree, random);
  return { name, bytes: encode(tree.root, (node) => (node === target ? replacement : undefined)) };
}

function flipped(bytes: Uint8Array, random: Random): Uint8Array {
  const out = bytes.slice();
  const at = below(out.length, random);
  out[at] = (out[at] ?? 0) ^ (1 << below(8, random));
  return out;
}
