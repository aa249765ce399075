import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../random/random.js';
import { drawKernel } from './draw-kernel.js';
import { drawRandomizedAsymmetric } from './draw-randomized-asymmetric.js';

/** Rows [w, b] of all units. */
function rows(fanIn: number, units: number, seed: number): number[][] {
  const { kernel, bias } = drawRandomizedAsymmetric(fanIn, units, new Random(seed));
  return Array.from({ length: units }, (_, unit) => [
    ...Array.from({ length: fanIn }, (_, i) => kernel[i * units + unit]),
    bias[unit],
  ]);
}

describe('drawRandomizedAsymmetric', () => {
  it('has exactly one entry of each row in [0, 1] that the Gaussian draw did not make', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer(),
        (fanIn, units, seed) => {
          // The same stream without replacements: the Gaussian entries come first in it, the kernel's before the bias's.
          const gaussian = new Random(seed);
          const sigma = 0.6007 / Math.sqrt(fanIn);
          const before = Array.from({ length: (fanIn + 1) * units }, () => Math.fround(sigma * gaussian.normal()));
          rows(fanIn, units, seed).forEach((row, unit) => {
            const replaced = row.filter((value, i) => value !== before[i * units + unit]);
            expect(replaced).toHaveLength(1);
            expect(replaced[0]).toBeGreaterThanOrEqual(0);
            expect(replaced[0]).toBeLessThanOrEqual(1);
          });
        },
      ),
    );
  });

  it('replaces weights and biases alike', () => {
    // With fan_in 10 000 the Gaussian entries lie within ±0.04 (6.6 σ), so larger ones are the replacements.
    const large = rows(10_000, 300, 1).map((row) => row.flatMap((value, i) => (Math.abs(value) > 0.04 ? [i] : [])));
    expect(large.every((entries) => entries.length <= 1)).toBe(true);
    const positions = large.flat().map((i) => i / 10_000);
    const mean = positions.reduce((sum, p) => sum + p, 0) / positions.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan((4 * Math.sqrt(1 / 12)) / Math.sqrt(positions.length));

    // With fan_in 1 the bias is replaced half of the time, and then it is positive: Pr[b > 0] = ½ + ½·½.
    const biases = rows(1, 20_000, 2).map(([, bias]) => bias);
    expect(Math.abs(biases.filter((bias) => bias > 0).length / 20_000 - 0.75)).toBeLessThan(
      4 * Math.sqrt(0.1875 / 20_000),
    );
  });

  it('has the moments of the mixture', () => {
    // An entry is Beta(2, 1) (mean ⅔, second moment ½) with probability p = 1/(fan_in + 1), else N(0, 0.6007²/fan_in).
    const [fanIn, units] = [4, 40_000];
    const values = rows(fanIn, units, 3).flat();
    const p = 1 / (fanIn + 1);
    const secondMoment = p / 2 + (1 - p) * (0.6007 ** 2 / fanIn);
    const n = values.length;
    expect(Math.abs(values.reduce((sum, x) => sum + x, 0) / n - (p * 2) / 3)).toBeLessThan(
      4 * Math.sqrt(secondMoment / n),
    );
    // Var[x²] is below E[x⁴] = p/3 + (1 − p)·3σ⁴ < 0.1.
    expect(Math.abs(values.reduce((sum, x) => sum + x * x, 0) / n - secondMoment)).toBeLessThan(4 * Math.sqrt(0.1 / n));
  });

  it('keeps a narrow, deep network from being born dead (Lu et al. 2019)', () => {
    const draws = 4000;
    const he = silentShares(draws, (fanIn, random) => ({
      kernel: drawKernel({ kind: 'he-normal', bias: 0 }, [fanIn, 2], random),
      bias: new Float32Array(2),
    }));
    const asymmetric = silentShares(draws, (fanIn, random) => drawRandomizedAsymmetric(fanIn, 2, random));
    // The references for the last layer, .873 and .047, are themselves of 4 000 draws: four standard errors of a difference.
    expect(Math.abs(he.last - 0.873)).toBeLessThan(4 * Math.sqrt((2 * 0.873 * 0.127) / draws));
    expect(Math.abs(asymmetric.last - 0.047)).toBeLessThan(4 * Math.sqrt((2 * 0.047 * 0.953) / draws));
    // Without biases a silent layer silences all that follow; with them the last may fire, a constant that sees no input.
    expect(he.any).toBe(he.last);
    // .2352 ± .0024 by 30 000 draws in NumPy.
    expect(Math.abs(asymmetric.any - 0.2352)).toBeLessThan(4 * Math.sqrt(0.2352 * 0.7648 * (1 / draws + 1 / 30_000)));
  });
});

/**
 * Shares of networks (one input, L = 10 layers of which 9 are hidden, width 2) whose last hidden layer, and of which any, has no
 * unit that fires on any of 21 inputs in [−√3, √3].
 */
function silentShares(
  draws: number,
  drawLayer: (fanIn: number, random: Random) => { readonly kernel: Float32Array; readonly bias: Float32Array },
): { readonly last: number; readonly any: number } {
  const inputs = Array.from({ length: 21 }, (_, i) => [Math.sqrt(3) * (i / 10 - 1)]);
  const count = { last: 0, any: 0 };
  for (let draw = 0; draw < draws; draw++) {
    const random = new Random(draw, 'born-dead');
    const silent: boolean[] = [];
    let activations = inputs;
    for (let layer = 0; layer < 9; layer++) {
      const { kernel, bias } = drawLayer(activations[0].length, random);
      activations = activations.map((input) =>
        [0, 1].map((unit) =>
          Math.max(
            0,
            input.reduce((sum, x, i) => sum + x * kernel[i * 2 + unit], bias[unit]),
          ),
        ),
      );
      silent.push(activations.every(([first, second]) => first === 0 && second === 0));
    }
    if (silent[8]) count.last++;
    if (silent.includes(true)) count.any++;
  }
  return { last: count.last / draws, any: count.any / draws };
}
