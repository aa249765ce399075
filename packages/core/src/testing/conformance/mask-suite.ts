import { describe, expect, it } from 'vitest';
import { unitMaskName, withUnitMasks } from '../../graph/with-unit-masks.js';
import type { Network } from '../../graph/network.js';
import { Random } from '../../random/random.js';
import { drawBatch } from '../fixtures/fixture-inputs.js';
import { plantedNetwork } from '../networks/planted-network.js';
import { randomNetwork } from '../networks/random-network.js';
import { referenceNetwork } from '../reference/reference-network.js';
import type { EngineBench } from './engine-bench.js';
import { expectClose } from './expect-close.js';

const WANTED = { taps: false, logits: true } as const;

/** Units are taken away by `withUnitMasks`, exactly. */
export function maskSuite(bench: EngineBench): void {
  const maskedEverywhere = (network: Network) => withUnitMasks(network, network.sites.map(({ name }) => name)); // prettier-ignore

  describe('unit masks', () => {
    it.each([1, 2, 3, 4, 5, 6])('give the logits of a network without the masked units (drawing %i)', async (seed) => {
      const random = new Random(seed, 'masked');
      const network = randomNetwork(random, 6);
      const masked = maskedEverywhere(network);
      const session = await bench.open(masked);
      const batch = drawBatch({ seed, inputShape: network.graph.nodes[0].shape, classes: 2 }, 0, 3);
      const state = await session.readState();
      for (const { name } of network.sites) {
        const { data } = state[unitMaskName(name)];
        expect([...new Set(data)]).toEqual([1]);
        data.forEach((_, unit) => (data[unit] = random.integer(2)));
      }
      await session.writeState(state);
      const expected = referenceNetwork(masked.graph, state, batch, 'evaluation').get(masked.graph.output)!.data;
      expectClose((await session.evaluate(batch, WANTED)).logits!, expected, 2e-5, 'logits');
      await session.close();
      network.model.dispose();
    });

    it.each([1, 2])('change no bit where a unit is dead, and much where it is not (maps of side %i)', async (side) => {
      const planted = plantedNetwork({ probabilities: [0, 0.5, 0, 1], side });
      const session = await bench.open(maskedEverywhere(planted.network));
      const whole = await session.readState();
      const logitsWithout = async (...units: number[]) => {
        const mask = { shape: [4], data: Float32Array.from([0, 1, 2, 3], (unit) => (units.includes(unit) ? 0 : 1)) };
        await session.writeState({ ...whole, [unitMaskName('planted')]: mask });
        return (await session.evaluate(planted.batch, WANTED)).logits!;
      };
      const before = await logitsWithout();
      expect(await logitsWithout(0, 2)).toEqual(before);
      const after = await logitsWithout(0, 1);
      expect(after).not.toEqual(before);
      expect(await logitsWithout(1)).toEqual(after);
      expect(await logitsWithout()).toEqual(before);
      await session.close();
      planted.network.model.dispose();
    });
  });
}
