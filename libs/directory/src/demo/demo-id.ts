import { createHash } from 'node:crypto';

/** Namespace of all demo ids. */
const namespace = Buffer.from('5ea1905700004000800000000000d3a0', 'hex');

/** RFC 9562 §5.5 (version 5) id of a demo thing: the same on every machine and after every seeding. */
export function demoId(name: string): string {
  const hash = createHash('sha1').update(namespace).update(name, 'utf8').digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
