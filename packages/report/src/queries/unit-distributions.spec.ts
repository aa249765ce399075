import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plantedRun } from '../samples/planted-run.js';
import { activationByDepth } from './activation-by-depth.js';
import { activationDensities } from './activation-densities.js';
import { deadOverEpochs } from './dead-over-epochs.js';
import { readRun } from './run-record.js';
import { sortedActivation } from './sorted-activation.js';
import { unitSurvival } from './unit-survival.js';

const planted = await readRun(plantedRun());
const activation = activationByDepth(planted, 'probe-split')!;

describe('sorted activation probabilities', () => {
  it('run from the most active unit to the least, each in the middle of its share', () => {
    expect(sortedActivation(activation).map(({ points }) => points)).toEqual([
      [
        { share: 0.125, pr: 1 },
        { share: 0.375, pr: 0.5 },
        { share: 0.625, pr: 0.005 },
        { share: 0.875, pr: 0 },
      ],
      [
        { share: 0.25, pr: 0.75 },
        { share: 0.75, pr: 0 },
      ],
    ]);
  });

  it('keep their mean where neighbours share a point', () => {
    const pr = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(pr, fc.integer({ min: 1, max: 12 }), (values, most) => {
        const layers = [{ ...activation.layers[0]!, pr: values }];
        const [curve] = sortedActivation({ ...activation, layers }, most);
        expect(curve!.points.length).toBe(Math.min(most, values.length));
        const shares = curve!.points.map(({ share }) => share);
        const widths = shares.reduce<number[]>((all, share) => {
          const before = all.reduce((sum, width) => sum + width, 0);
          return [...all, 2 * (share - before)];
        }, []);
        const mean = curve!.points.reduce((sum, point, index) => sum + point.pr * widths[index]!, 0);
        expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 9);
      }),
    );
  });
});

describe('the distribution through training', () => {
  it('counts units by bin, those at 0 apart, at every measurement', () => {
    const [first, second] = activationDensities(planted, 'probe-split', { bins: 4, columns: 10 });
    // Rows: exactly 0, then up to ¼, ½, ¾ and 1.
    expect(first!.counts).toEqual([
      [0, 1, 1],
      [0, 0, 1],
      [3, 2, 1],
      [0, 0, 0],
      [1, 1, 1],
    ]);
    expect(second!.counts[0]).toEqual([2, 1, 1]);
    expect(first).toMatchObject({
      units: 4,
      columns: [
        { from: 0, to: 0 },
        { from: 1, to: 1 },
        { from: 2, to: 2 },
      ],
    });
  });

  it('averages measurements that share a column, and needs two', async () => {
    const [first] = activationDensities(planted, 'probe-split', { bins: 4, columns: 1 });
    expect(first!.counts.map(([count]) => count)).toEqual([2 / 3, 1 / 3, 2, 0, 1]);
    expect(activationDensities(planted, 'training-step')).toEqual([]);
  });
});

describe('survival', () => {
  it('follows the units that fired at first to their first death, by layer and together', () => {
    const survival = unitSurvival(planted)!;
    // Of first/relu one of four dies at epoch 1; both of second/relu were born dead, and nobody is left to follow.
    expect(survival.layers.map(({ site }) => site!.name)).toEqual(['first/relu']);
    expect(survival.all).toMatchObject({ followed: 4, everDied: 1 });
    expect(survival.all.points.map(({ time, atRisk, events, survival: s }) => [time, atRisk, events, s])).toEqual([
      [0, 4, 0, 1],
      [1, 4, 1, 0.75],
      [2, 3, 0, 0.75],
    ]);
    // Greenwood: 0.75²·1/(4·3).
    expect(survival.all.points[1]!.standardError).toBeCloseTo(0.75 * Math.sqrt(1 / 12), 12);
    expect(survival).toMatchObject({ images: 100, confidence: 0.95 });
  });

  it('needs two looks', async () => {
    const once = { ...planted, readings: planted.readings.filter(({ step }) => step === 0) };
    expect(unitSurvival(once)).toBeUndefined();
  });
});

it('dead units are counted at each whole measurement', () => {
  expect(
    deadOverEpochs(planted).map(({ epoch, units, neverFired, nearlyDead }) => [epoch, units, neverFired, nearlyDead]),
  ).toEqual([
    [0, 6, 2, 2],
    [1, 6, 2, 2],
    [2, 6, 2, 3],
  ]);
  const half = planted.readings.filter(({ step, site }) => step < 20 || site === 'first/relu');
  expect(deadOverEpochs({ ...planted, readings: half }).map(({ epoch }) => epoch)).toEqual([0, 1]);
});
