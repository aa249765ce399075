import { expect, it } from 'vitest';
import { activationByDepth } from '../../../queries/activation-by-depth.js';
import { activationOverEpochs } from '../../../queries/activation-over-epochs.js';
import { readRun } from '../../../queries/run-record.js';
import { plantedRun } from '../../../samples/planted-run.js';
import { shownByDepth, shownNeverFired, shownOverEpochs } from './layer-filter.js';

it('shows the layers whose names contain what was typed, with their own mean', async () => {
  const activation = activationByDepth(await readRun(plantedRun()), 'probe-split')!;
  expect(shownByDepth(activation, '')).toBe(activation);
  expect(shownByDepth(activation, ' SECOND ')).toMatchObject({ units: 2, mean: 0.375, images: 100 });
  expect(shownByDepth(activation, 'absent')).toBeUndefined();
});

it('shows the same layers through training', async () => {
  const activation = activationOverEpochs(await readRun(plantedRun()), 'probe-split')!;
  expect(shownOverEpochs(activation, 'first')!.layers.map(({ site }) => site.name)).toEqual(['first/relu']);
  expect(shownOverEpochs(activation, 'absent')).toBeUndefined();
  const neverFired = { steps: [0], epochs: [0], layers: [{ site: 'first/relu', units: 4, counts: [1] }] };
  expect(shownNeverFired(neverFired, 'FIRST')).toEqual(neverFired);
  expect(shownNeverFired(neverFired, 'second')).toBeUndefined();
  expect(shownNeverFired({ ...neverFired, steps: [], epochs: [] }, '')).toBeUndefined();
});
