import { createHash } from 'node:crypto';
import { Mask } from './mask';
import { encodePng } from './png';

const width = 720;
const height = 300;
/** The blue of a ball pen: Decree 30/2020 App. I asks for a blue image of the signature. */
const penBlue = [18, 58, 160] as const;

/** Numbers between 0 and 1 that depend on the name alone, so that a person's signature never changes. */
function numbersOf(name: string): () => number {
  let block = createHash('sha256').update(name.normalize('NFC')).digest();
  let at = 0;
  return () => {
    if (at + 2 > block.length) {
      block = createHash('sha256').update(block).digest();
      at = 0;
    }
    const value = block.readUInt16BE(at) / 65535;
    at += 2;
    return value;
  };
}

/** Makes a transparent PNG that looks like a blue pen signature; the same name gives the same picture. */
export function handwritingPng(name: string): Uint8Array {
  const next = numbersOf(name);
  const mask = new Mask(width, height);
  const letters = 4 + Math.floor(next() * 4);
  const phases = Array.from({ length: letters + 2 }, () => ({
    height: 0.25 + 0.75 * next(),
    lean: next() - 0.5,
    loop: 0.4 + next(),
  }));
  const first = phases[0]?.height ?? 1;
  const points = 2600;
  const line = Array.from({ length: points }, (_, index) => {
    const t = index / (points - 1);
    const letter = t * letters;
    const here = phases[Math.floor(letter)] ?? { height: 0.5, lean: 0, loop: 0.5 };
    const there = phases[Math.floor(letter) + 1] ?? here;
    const part = letter - Math.floor(letter);
    // Smooth at both ends, so that the pen never jumps between letters.
    const blend = part * part * (3 - 2 * part);
    const mix = (from: number, to: number): number => (1 - blend) * from + blend * to;
    const tall = mix(here.height, there.height);
    // The first letter is a capital.
    const fade = 1 - 0.55 * t + Math.max(0, 1 - t / 0.2) * (0.5 + 0.5 * first);
    const angle = letter * 2 * Math.PI;
    const rise = Math.sin(angle) * 70 * tall * fade;
    const swing = Math.cos(angle) * (26 + 16 * mix(here.loop, there.loop)) * fade;
    return {
      x: 90 + t * (width - 230) + swing - rise * 0.35 + mix(here.lean, there.lean) * 60,
      y: height * 0.52 - rise - t * 36,
      radius: 2.1 + 1.5 * Math.abs(Math.cos(angle + 0.6)) * fade,
    };
  });
  mask.stroke(line);
  mask.stroke(flourish(next()));
  return encodePng(mask, penBlue);
}

/** The long stroke under a name that ends a signature. */
function flourish(bend: number): { x: number; y: number; radius: number }[] {
  return Array.from({ length: 1400 }, (_, index) => {
    const t = index / 1399;
    return {
      x: width - 120 - Math.sin(t * Math.PI * 0.95) * (width - 260) * (0.75 + 0.2 * bend) + t * 90,
      y: height * 0.62 + t * 70 - Math.sin(t * Math.PI * 2) * (22 + 20 * bend),
      radius: 1.4 + 1.8 * Math.sin(t * Math.PI),
    };
  });
}
