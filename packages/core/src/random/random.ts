/**
 * Seeded random numbers: Chris Doty-Humphrey's sfc32 (period ≥ 2^32, about 2^127 on average; passes PractRand and BigCrush),
 * seeded by hashing a path such as (seed, 'shuffle', epoch). Equal paths give equal streams on every machine; different paths
 * give unrelated ones, so nothing depends on the order in which parts of a program draw.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;
  private spareNormal: number | undefined;

  /** @param path the seed and what the stream is for; numbers are taken by their float64 bits, strings by their UTF-16 units */
  constructor(...path: readonly (number | string)[]) {
    [this.a, this.b, this.c] = hashPath(path);
    for (let i = 0; i < 15; i++) this.uint32();
  }

  /** Uniform integer in [0, 2^32). */
  uint32(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number {
    return ((this.uint32() >>> 5) * 0x4000000 + (this.uint32() >>> 6)) / 0x20000000000000;
  }

  /** Uniform integer in [0, bound), without bias. `bound` in [1, 2^32]. */
  integer(bound: number): number {
    const limit = 0x100000000 - (0x100000000 % bound);
    for (;;) {
      const draw = this.uint32();
      if (draw < limit) return draw % bound;
    }
  }

  /** Standard normal, by Marsaglia's polar method. */
  normal(): number {
    if (this.spareNormal !== undefined) {
      const spare = this.spareNormal;
      this.spareNormal = undefined;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        this.spareNormal = v * factor;
        return u * factor;
      }
    }
  }

  /** Shuffles in place (Fisher–Yates) and returns its argument. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swapped = items[i];
      items[i] = items[j];
      items[j] = swapped;
    }
    return items;
  }
}

/** Three 32-bit words from a path, by MurmurHash3's block mixing and finalizer with three initial values. */
function hashPath(path: readonly (number | string)[]): [number, number, number] {
  const words: number[] = [];
  for (const part of path) {
    if (typeof part === 'number') {
      const bits = new Uint32Array(new Float64Array([part]).buffer);
      words.push(1, bits[0], bits[1]);
    } else {
      words.push(2, part.length);
      for (let i = 0; i < part.length; i++) words.push(part.charCodeAt(i));
    }
  }
  return [murmur3(words, 0x9e3779b9), murmur3(words, 0x243f6a88), murmur3(words, 0xb7e15162)];
}

function murmur3(words: readonly number[], seed: number): number {
  let hash = seed;
  for (const word of words) {
    let k = Math.imul(word, 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    hash ^= Math.imul(k, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  hash ^= words.length * 4;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
