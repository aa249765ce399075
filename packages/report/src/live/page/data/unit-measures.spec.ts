import { expect, it } from 'vitest';
import { sortMeasures } from './unit-measures.js';

const measure = (probe: string, measure: string, values: readonly number[], on = 'probe-split' as const) => {
  return { probe, measure, on, epochs: [0, 1], values };
};

it('puts the probability of activation and its bounds together, and leaves everything else', () => {
  const score = measure('dormant', 'score', [1, 2]);
  const fired = measure('activation-probability', 'fired', [5, 6]);
  const sorted = sortMeasures([
    score,
    measure('activation-probability', 'prUpper', [0.3, 0.4]),
    measure('activation-probability', 'pr', [0.2, 0.3]),
    fired,
  ]);
  expect(sorted.activations).toEqual([
    { on: 'probe-split', epochs: [0, 1], pr: [0.2, 0.3], lower: [], upper: [0.3, 0.4] },
  ]);
  expect(sorted.others).toEqual([score, fired]);
});
