import { expect, it } from 'vitest';
import { site } from '../../../samples/sample-manifest.js';
import type { ActivationByDepth, ActivationOverEpochs } from '../../api.js';
import { shownByDepth, shownNeverFired, shownOverEpochs } from './layer-filter.js';

const first = site('first/relu', 1, 2, 'conv', false);
const second = site('second/relu', 2, 2, 'dense', true);
const unknown = { median: null, lowerQuartile: null, upperQuartile: null, min: null, max: null, belowHalf: null };
const layer = { ...unknown, mean: null, meanLower: null, meanUpper: null, elements: null };

it('shows the layers whose names contain what was typed, with their own mean', () => {
  const activation: ActivationByDepth = {
    on: 'probe-split',
    step: 20,
    epoch: 2,
    images: 100,
    mean: 0.5,
    confidence: null,
    units: 4,
    layers: [
      { ...layer, site: first, pr: [1, 0.25] },
      { ...layer, site: second, pr: [0, 0.75] },
    ],
  };
  expect(shownByDepth(activation, '')).toBe(activation);
  expect(shownByDepth(activation, ' SECOND ')).toMatchObject({ units: 2, mean: 0.375, images: 100 });
  expect(shownByDepth(activation, 'absent')).toBeUndefined();
});

it('shows the same layers through training', () => {
  const activation: ActivationOverEpochs = {
    on: 'probe-split',
    images: 100,
    steps: [0, 10],
    epochs: [0, 1],
    layers: [first, second].map((site) => ({ site, means: [0.5, 0.25] })),
  };
  expect(shownOverEpochs(activation, 'first')!.layers.map(({ site }) => site.name)).toEqual(['first/relu']);
  expect(shownOverEpochs(activation, 'absent')).toBeUndefined();
  const neverFired = { steps: [0], epochs: [0], layers: [{ site: 'first/relu', units: 4, counts: [1] }] };
  expect(shownNeverFired(neverFired, 'FIRST')).toEqual(neverFired);
  expect(shownNeverFired(neverFired, 'second')).toBeUndefined();
  expect(shownNeverFired({ ...neverFired, steps: [], epochs: [] }, '')).toBeUndefined();
});
