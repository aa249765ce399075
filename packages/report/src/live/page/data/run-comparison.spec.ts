import { expect, it } from 'vitest';
import type { LayersOverEpochs } from '../../api.js';
import { site } from '../../../samples/sample-manifest.js';
import { accuracyComparison, meanOverUnits, neverFiredComparison, neverFiredShare } from './run-comparison.js';

const layers: LayersOverEpochs = {
  activation: {
    on: 'probe-split',
    images: 100,
    steps: [0, 10],
    epochs: [0, 1],
    layers: [
      { site: site('a', 1, 30, 'conv', false), means: [0.5, 0.25] },
      { site: site('b', 2, 10, 'dense', false), means: [0.1, null] },
    ],
  },
  neverFired: {
    steps: [0, 10],
    epochs: [0, 1],
    layers: [
      { site: 'a', units: 30, counts: [3, 6] },
      { site: 'b', units: 10, counts: [1, null] },
    ],
  },
};

it('the mean over units weighs a layer by its units and leaves out half measurements', () => {
  expect(meanOverUnits(layers)).toEqual([[0, 0.4]]);
  expect(meanOverUnits(null)).toEqual([]);
});

it('the share of units that never fired leaves out half measurements too', () => {
  expect(neverFiredShare(layers)).toEqual([[0, 0.1]]);
});

it('a comparison tells of every run, and is none where no run has anything', () => {
  const curves = { rows: [{ epoch: 1, testAccuracy: 0.5 }, { epoch: 2 }], steps: [], stepsPerPoint: 0 };
  const runs = [
    { name: 'one', training: curves, layers },
    { name: 'two', training: null, layers: undefined },
  ];
  expect(accuracyComparison(runs)!.runs).toEqual([
    { name: 'one', points: [[1, 0.5]] },
    { name: 'two', points: [] },
  ]);
  expect(neverFiredComparison(runs)!.runs.map(({ points }) => points.length)).toEqual([1, 0]);
  expect(accuracyComparison([runs[1]!])).toBeUndefined();
});
