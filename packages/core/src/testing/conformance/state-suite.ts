import { describe, expect, it } from 'vitest';
import type { Session } from '../../engine/engine.js';
import type { NamedArrays } from '../../engine/named-arrays.js';
import { readParameters } from '../../graph/parameters.js';
import { drawBatch, drawParameters } from '../fixtures/fixture-inputs.js';
import { expectReluctantError } from '../expect-reluctant-error.js';
import { fixtureModel } from '../networks/fixture-models.js';
import type { EngineBench } from './engine-bench.js';
import { differ, expectSameBits } from './same-bits.js';

const IMAGES = { seed: 5, inputShape: [3, 3, 2], classes: 3 };

/** Reading, writing, resuming and closing. */
export function stateSuite(bench: EngineBench): void {
  const networkOf = (name: string, seed = 5) =>
    bench.network(fixtureModel(name), (read) => drawParameters(read, { seed }));
  const optimizer = {
    kind: 'adam',
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-8,
    weightDecay: 0.01,
    decayOn: 'kernels',
  } as const;
  const train = async (session: Session, from: number, to: number) => {
    const losses: number[] = [];
    for (let step = from; step < to; step++) {
      losses.push((await session.trainStep(drawBatch(IMAGES, step, 4), { learningRate: 0.01, step })).loss);
    }
    return losses;
  };

  describe('state', () => {
    it("starts from the model's weights and zero slots", async () => {
      const network = networkOf('batch normalisation');
      const session = await bench.open(network, { optimizer });
      const state = await session.readState();
      const slots = Object.keys(state).filter((name) => name.startsWith('optimizer/'));
      const parameters = Object.fromEntries(Object.entries(state).filter(([name]) => !slots.includes(name)));
      expectSameBits(parameters, readParameters(network));
      const trainable = network.graph.parameters.filter((parameter) => parameter.trainable);
      const slotsOf = ({ name }: { name: string }) =>
        ['firstMoment', 'secondMoment'].map((s) => `optimizer/${s}/${name}`);
      expect(slots.sort()).toEqual(trainable.flatMap(slotsOf).sort());
      for (const slot of slots) expect(Array.from(state[slot].data).every((value) => value === 0)).toBe(true);
    });

    it('comes back from a round trip bit for bit', async () => {
      const session = await bench.open(networkOf('batch normalisation'), { optimizer });
      await train(session, 0, 2);
      const state = await session.readState();
      await session.writeState(state);
      expectSameBits(await session.readState(), state);
      const delicate = Object.fromEntries(
        Object.entries(state).map(([name, { shape, data }]) => {
          const copy = data.slice();
          copy.set([-0, 1e-40, Infinity].slice(0, copy.length));
          return [name, { shape, data: copy }];
        }),
      );
      await session.writeState(delicate);
      expectSameBits(await session.readState(), delicate);
    });

    it('is copied, going out and coming in', async () => {
      const session = await bench.open(networkOf('batch normalisation'));
      const scribbled = await session.readState();
      for (const { data } of Object.values(scribbled)) data.fill(7);
      const state = await session.readState();
      expect(differ(state, scribbled)).toBe(true);
      await session.writeState(scribbled);
      for (const { data } of Object.values(scribbled)) data.fill(8);
      for (const { data } of Object.values(await session.readState()))
        expect(data.every((value) => value === 7)).toBe(true);
    });

    it.each(['batch normalisation', 'dropout'])('resumes where it was saved (%s)', async (name) => {
      const uninterrupted = await bench.open(networkOf(name), { optimizer, seed: 9 });
      await train(uninterrupted, 0, 2);
      const saved = await uninterrupted.readState();
      const losses = await train(uninterrupted, 2, 4);
      const resumed = await bench.open(networkOf(name, 6), { optimizer, seed: 9 });
      await resumed.writeState(saved);
      expect(await train(resumed, 2, 4)).toEqual(losses);
      expectSameBits(await resumed.readState(), await uninterrupted.readState());
    });

    it.each([
      ['missing', 'logits/kernel', ({ 'logits/kernel': _, ...rest }: NamedArrays) => rest],
      [
        'missing slot',
        'optimizer/velocity/bn1/gamma',
        ({ 'optimizer/velocity/bn1/gamma': _, ...rest }: NamedArrays) => rest,
      ],
      ['unknown', 'extra/bias', (state: NamedArrays) => ({ ...state, 'extra/bias': state['logits/bias'] })],
      [
        'of another shape',
        'logits/kernel',
        (state: NamedArrays) => ({ ...state, 'logits/kernel': { ...state['logits/kernel'], shape: [3, 4] } }),
      ],
      [
        'of another length',
        'bn1/movingMean',
        (state: NamedArrays) => ({ ...state, 'bn1/movingMean': { shape: [3], data: new Float32Array(2) } }),
      ],
    ])('refuses a state with an array that is %s, and keeps its own', async (_what, name, spoil) => {
      const session = await bench.open(networkOf('batch normalisation'));
      await train(session, 0, 1);
      const before = await session.readState();
      // Everything else is changed, so that a state taken over by half would show.
      const other = Object.fromEntries(
        Object.entries(before).map(([key, { shape, data }]) => [key, { shape, data: data.map((value) => value + 1) }]),
      );
      const error = await expectReluctantError(session.writeState(spoil(other)), 'RUN_CORRUPT');
      expect(error.message).toContain(name);
      expectSameBits(await session.readState(), before);
    });

    it('goes back into the model when the session closes, once', async () => {
      const network = networkOf('batch normalisation');
      const session = await bench.open(network, { optimizer });
      await train(session, 0, 2);
      const state = await session.readState();
      expect(differ(readParameters(network), state)).toBe(true);
      await session.close();
      const parameters = network.graph.parameters.map(({ name }) => [name, state[name]]);
      expectSameBits(readParameters(network), Object.fromEntries(parameters));
      await session.close();
      expectSameBits(readParameters(network), Object.fromEntries(parameters));
    });
  });

  describe('determinism', () => {
    it('gives equal results, bit for bit, for equal seeds', async () => {
      const [first, second] = await Promise.all(
        ['a', 'b'].map(() => bench.open(networkOf('dropout'), { optimizer, seed: 11 })),
      );
      expect(await train(first, 0, 3)).toEqual(await train(second, 0, 3));
      expectSameBits(await first.readState(), await second.readState());
    });

    it('draws other dropout masks for another seed', async () => {
      const first = await bench.open(networkOf('dropout'), { seed: 11 });
      const second = await bench.open(networkOf('dropout'), { seed: 12 });
      await train(first, 0, 1);
      await train(second, 0, 1);
      expect(differ(await first.readState(), await second.readState())).toBe(true);
    });
  });
}
