import { clopperPearsonInterval, meanShareInterval } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { bornDeadEstimate } from './born-dead-estimate.js';
import { BornDeadTally } from './born-dead-tally.js';

describe('bornDeadEstimate', () => {
  // Dead units of two layers, of 4 and 2 units, in five networks: one with a silent first layer, two with a silent last one.
  const tally = new BornDeadTally([4, 2]);
  for (const dead of [[0, 0], [1, 0], [4, 1], [3, 2], [0, 2]]) tally.add(dead); // prettier-ignore
  const estimate = bornDeadEstimate(tally, 0.9);

  it('counts networks', () => {
    const proportion = (count: number) => ({ count, share: count / 5, ...clopperPearsonInterval(count, 5, 0.9) });
    expect(estimate).toMatchObject({
      draws: 5,
      confidence: 0.9,
      anyUnitDead: proportion(4),
      someLayerSilent: proportion(3),
      lastLayerSilent: proportion(2),
      layers: [
        { units: 4, anyUnitDead: proportion(3), silent: proportion(1) },
        { units: 2, anyUnitDead: proportion(3), silent: proportion(2) },
      ],
    });
  });

  it('averages shares of units over networks, which are what is independent', () => {
    // Shares 0, .25, 1, .75, 0: mean .4, Σ(x − .4)² = .16 + .0225 + .36 + .1225 + .16 = .825.
    const deviation = Math.sqrt(0.825 / 4);
    const { deadUnits } = estimate.layers[0];
    expect(deadUnits.share).toBeCloseTo(0.4, 14);
    expect(deadUnits.deviation).toBeCloseTo(deviation, 14);
    const { lower, upper } = meanShareInterval(0.4, deviation, 5, 0.9);
    expect([deadUnits.lower, deadUnits.upper]).toEqual([expect.closeTo(lower, 12), expect.closeTo(upper, 12)]);
  });

  it('says little after one network', () => {
    const one = new BornDeadTally([2]);
    one.add([1]);
    const { deadUnits, silent } = bornDeadEstimate(one).layers[0];
    expect(deadUnits).toMatchObject({ share: 0.5, deviation: 0 });
    expect(deadUnits.lower).toBeLessThan(0.1);
    expect(silent.upper).toBeCloseTo(0.975, 14);
  });
});
