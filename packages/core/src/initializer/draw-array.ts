import type { Random } from '../random/random.js';

/** `length` independent draws from N(0, sigma²). */
export function drawNormal(length: number, sigma: number, random: Random): Float32Array {
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = sigma * random.normal();
  return values;
}

/** `length` independent draws from the uniform distribution on [−√3·sigma, √3·sigma], whose standard deviation is sigma. */
export function drawUniform(length: number, sigma: number, random: Random): Float32Array {
  const limit = Math.sqrt(3) * sigma;
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = limit * (2 * random.uniform() - 1);
  return values;
}
