import { describe, expect, it } from 'vitest';
import type { Network } from '../../graph/network.js';
import { readParameters, writeParameters } from '../../graph/parameters.js';
import type { StatisticValues } from '../../probe/statistic.js';
import type { TapPoint } from '../../probe/tap.js';
import { Random } from '../../random/random.js';
import { drawBatch } from '../fixtures/fixture-inputs.js';
import { randomNetwork } from '../networks/random-network.js';
import { allTaps, type EngineBench } from './engine-bench.js';

const NETWORKS = 6;
const PARTS = 5;
/** Biases lowered so far that most of their units are off. */
const LOWERED = -20;

/** What counters have to do with each other, in networks of which many units are off. */
export function counterSuite(bench: EngineBench): void {
  describe('counters', () => {
    it('agree with each other, in random networks', async () => {
      const dead = { units: 0, sites: 0 };
      for (let seed = 1; seed <= NETWORKS; seed++) {
        const random = new Random(seed, 'counters');
        const network = bench.adopt(randomNetwork(random, PARTS));
        silenceSome(network, random);
        const session = await bench.open(network, { taps: allTaps(network), seed });
        const { nodes, input, output } = network.graph;
        const shapeOf = (name: string) => nodes.find((node) => node.name === name)!.shape;
        const size = 1 + random.integer(5);
        const batch = drawBatch({ seed, inputShape: shapeOf(input), classes: shapeOf(output)[0] }, 0, size);
        const { taps } = await session.trainStep(batch, { learningRate: 0, step: 0 });
        for (const { name, units, positions } of network.sites) {
          const at = (point: TapPoint) => taps.find((tap) => tap.site === name && tap.at === point)!.values;
          for (const { site, values } of taps) if (site === name) expectConsistent(values, units, positions, size);
          const [y, passed] = [at('activation'), at('preactivation-gradient')];
          expect(y.positionFired, name).toEqual(at('preactivation').positionFired);
          dead.sites++;
          for (let unit = 0; unit < units; unit++) {
            expect(passed.fired![unit], `${name} passes on where it is on`).toBeLessThanOrEqual(y.fired![unit]);
            if (y.fired![unit] > 0) continue;
            // Off at every element: nothing is passed on, exactly.
            dead.units++;
            expect([passed.fired![unit], passed.sumAbs![unit], passed.sumSquares![unit]], name).toEqual([0, 0, 0]);
          }
        }
      }
      expect(dead.units).toBeGreaterThan(dead.sites);
    });
  });
}

function expectConsistent(values: StatisticValues, units: number, positions: number, images: number): void {
  const { fired, imagesFired, positionFired } = values;
  for (let unit = 0; unit < units; unit++) {
    let sum = 0;
    for (let position = 0; position < positions; position++) sum += positionFired![position * units + unit];
    expect(sum).toBe(fired![unit]);
    expect(imagesFired![unit]).toBeLessThanOrEqual(Math.min(images, fired![unit]));
    expect(fired![unit]).toBeLessThanOrEqual(imagesFired![unit] * positions);
  }
}

/** Lowers about half of the numbers that are added before activations. */
function silenceSome(network: Network, random: Random): void {
  const roles = new Map(network.graph.parameters.map(({ name, role }) => [name, role]));
  const silenced = Object.entries(readParameters(network)).map(([name, { shape, data }]) => {
    const lowers = roles.get(name) === 'bias' || roles.get(name) === 'beta';
    return [name, { shape, data: data.map((value) => (lowers && random.uniform() < 0.5 ? LOWERED : value)) }] as const;
  });
  writeParameters(network, Object.fromEntries(silenced));
}
