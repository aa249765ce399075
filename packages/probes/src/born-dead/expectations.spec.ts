import { describe, expect, it } from 'vitest';
import { bornDeadEstimate } from './born-dead-estimate.js';
import { BornDeadTally } from './born-dead-tally.js';
import { compareWithExpectation } from './compare-with-expectation.js';
import type { Expectation } from './expectation.js';
import { expectations } from './expectations.js';
import { fullyConnectedSchema } from './fully-connected.js';
import { inputPoints } from './input-points.js';

const grid = { kind: 'grid', from: -1, to: 1, points: 4 };
const of = (options: object): readonly Expectation[] => {
  const network = fullyConnectedSchema.parse({ hidden: [2, 2], initializer: { kind: 'he-normal' }, ...options });
  const { inputs, inputDimension } = network;
  return expectations(network, inputs.kind === 'orthant' ? [] : inputPoints(inputs, inputDimension, 1));
};

describe('expectations', () => {
  it('are bounds from both sides on a line without biases, under normal weights and equal widths', () => {
    const bounds = { of: 'someLayerSilent', kind: 'bounds', lower: 0.15625, upper: 0.4375 };
    expect(of({ inputs: grid })).toEqual([expect.objectContaining(bounds)]);
    for (const kind of ['glorot-normal', 'lecun-normal']) {
      expect(of({ inputs: grid, initializer: { kind } })).toEqual([expect.objectContaining(bounds)]);
    }
  });

  it.each([
    { initializer: { kind: 'he-uniform' } },
    { initializer: { kind: 'orthogonal' } },
    { inputDimension: 2 },
    { bias: { sigma: 1 } },
  ])('are an upper bound alone with %j', (options) => {
    expect(of({ inputs: grid, ...options })).toEqual([
      expect.objectContaining({ kind: 'bounds', lower: 0, upper: expect.closeTo(0.4375, 12) }),
    ]);
  });

  it.each([{ bias: { constant: 0.1 } }, { initializer: { kind: 'randomized-asymmetric' } }])(
    'are none with %j',
    (options) => {
      expect(of({ inputs: grid, ...options })).toEqual([]);
      expect(of({ inputs: { kind: 'point', at: [1] }, ...options })).toEqual([]);
      expect(of({ inputs: { kind: 'orthant' }, hidden: [3], ...options })).toEqual([]);
    },
  );

  it('are exact on one input, and on its multiples', () => {
    const exact = (probability: number) => ({
      kind: 'exact',
      lower: expect.closeTo(probability, 12),
      upper: expect.closeTo(probability, 12),
    });
    const expected = [
      { of: 'someLayerSilent', ...exact(0.4375) },
      { of: 'deadUnits', layer: 1, ...exact(0.5) },
      // Behind a silent layer (probability ¼) all are dead.
      { of: 'deadUnits', layer: 2, ...exact(1 - 0.75 / 2) },
    ].map((fields) => expect.objectContaining(fields));
    expect(of({ inputs: { kind: 'point', at: [-3] } })).toEqual(expected);
    expect(of({ inputs: { ...grid, from: 1, to: 3 } })).toEqual(expected);
    // With biases a silent layer silences no other, and points on one ray are different.
    const [, , second] = of({ inputs: { kind: 'point', at: [-3] }, bias: { sigma: 1 } });
    expect(second).toMatchObject({ layer: 2, lower: 0.5, upper: 0.5 });
    expect(of({ inputs: { ...grid, from: 1, to: 3 }, bias: { sigma: 1 } })[0].kind).toBe('bounds');
    expect(of({ inputs: { kind: 'point', at: [0] } })).toEqual([]);
  });

  it('are exact on the orthant', () => {
    const orthant = { inputs: { kind: 'orthant' }, hidden: [9], inputDimension: 3 };
    expect(of(orthant)).toEqual([expect.objectContaining({ of: 'deadUnits', layer: 1, lower: 1 / 8, upper: 1 / 8 })]);
    expect(of({ ...orthant, bias: { sigma: 2 } })).toMatchObject([{ lower: 1 / 16, upper: 1 / 16 }]);
  });

  it('are what was published of the very same networks and inputs', () => {
    const published = {
      hidden: Array(9).fill(2),
      inputs: { kind: 'grid', from: -1.7320508, to: 1.7320508, points: 21 },
    };
    const measured = (options: object) => of({ ...published, ...options }).filter(({ kind }) => kind === 'published');
    expect(measured({})).toMatchObject([{ of: 'someLayerSilent', lower: 0.873, draws: 4000 }]);
    expect(measured({ initializer: { kind: 'randomized-asymmetric' } })).toMatchObject([
      { of: 'lastLayerSilent', lower: 0.047, upper: 0.047 },
    ]);
    expect(measured({ hidden: Array(8).fill(2) })).toEqual([]);
    expect(measured({ inputs: { ...published.inputs, points: 20 } })).toEqual([]);
    expect(measured({ bias: { sigma: 1 } })).toEqual([]);
    expect(measured({ initializer: { kind: 'lecun-normal' } })).toEqual([]);
  });
});

describe('compareWithExpectation', () => {
  const tally = new BornDeadTally([1]);
  for (let draw = 0; draw < 400; draw++) tally.add([draw < 100 ? 1 : 0]);
  const estimate = bornDeadEstimate(tally);
  const compare = (lower: number, upper: number, more: Partial<Expectation> = {}) =>
    compareWithExpectation(estimate, {
      of: 'someLayerSilent',
      kind: 'bounds',
      lower,
      upper,
      source: 'a test',
      ...more,
    });

  it('agrees within the range, and beyond it by chance', () => {
    expect(compare(0.2, 0.3)).toMatchObject({ share: 0.25, standardErrors: 0, agrees: true });
    const near = compare(0.3, 0.4);
    expect(near.standardErrors).toBeCloseTo(0.05 / Math.sqrt((0.3 * 0.7) / 400), 12);
    expect(near.agrees).toBe(true);
    expect(compare(0.36, 0.4)).toMatchObject({ agrees: false });
    expect(compare(0, 0.1)).toMatchObject({ agrees: false });
    expect(compare(0, 0)).toMatchObject({ agrees: false, standardErrors: Infinity });
  });

  it('counts the uncertainty of what was measured elsewhere', () => {
    expect(compare(0.3, 0.3, { draws: 400 }).standardErrors).toBeCloseTo(0.05 / Math.sqrt((2 * 0.3 * 0.7) / 400), 12);
  });

  it('takes the spread between networks for a share of units', () => {
    const { standardErrors } = compare(0.3, 0.3, { of: 'deadUnits', layer: 1 });
    expect(standardErrors).toBeCloseTo(0.05 / (estimate.layers[0].deadUnits.deviation / 20), 12);
  });
});
