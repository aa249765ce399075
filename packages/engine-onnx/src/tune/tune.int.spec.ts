import type { Network, OpeningContext, Session, TuningKey, TuningMemory } from '@reluctant/core';
import { drawBatch, expectReluctantError } from '@reluctant/core/testing';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createOnnxEngine } from '../engine.js';
import { nodeSignatures } from '../lowering/node-signature.js';
import { openRuntime } from '../runtime/open-runtime.js';
import { blockedDevice } from '../testing/blocked-device.js';
import { tunableNetwork } from '../testing/tunable-network.js';
import { planFor } from '../testing/worker-networks.js';

const device = await blockedDevice();
const batch = drawBatch({ seed: 1, inputShape: [4, 4, 3], classes: 3 }, 0, 8);

/** An engine with a memory of its own, as another process would have it that shares nothing but that. */
function engineWith(stored = new Map<string, string>()) {
  const nameOf = ({ device, subject }: TuningKey) => JSON.stringify([device, subject]);
  const memory = {
    recall: async (key: TuningKey) => stored.get(nameOf(key)),
    remember: vi.fn(async (key: TuningKey, value: string) => void stored.set(nameOf(key), value)),
    list: async () => [...stored.values()],
  } satisfies TuningMemory;
  return { stored, memory, engine: createOnnxEngine(openRuntime, memory) };
}

type OnnxEngine = ReturnType<typeof engineWith>['engine'];
const optionsFor = (engine: OnnxEngine, worker: boolean, tune: boolean, strategies = 'auto') =>
  engine.options.parse({ threads: 1, worker, tune, strategies });

async function firstStep(network: Network, open: (network: Network) => Promise<Session>) {
  const session = await open(network);
  const { loss, taps } = await session.trainStep(batch, { learningRate: 0.1, step: 0 });
  const { loss: after } = await session.evaluate(batch, { taps: false });
  const { device: described } = session;
  await session.close();
  return { loss, after, taps, device: described };
}

beforeAll(() => engineWith().engine.prepare(engineWith().engine.options.parse({})));

describe.skipIf(device.block === undefined)('tuning a network', () => {
  it.each([true, false])('trains it as without, and measures once (worker: %j)', async (worker) => {
    const network = tunableNetwork();
    const weights = network.model.getWeights().map((weight) => weight.clone());
    const { engine, stored, memory } = engineWith();
    const onProgress = vi.fn<OpeningContext['onProgress'] & object>();
    const open = (tune: boolean, by = engine) => {
      network.model.setWeights(weights);
      const options = optionsFor(by, worker, tune);
      return firstStep(network, (of) => by.open(of, planFor(of), options, { onProgress }));
    };

    const untuned = await open(false);
    expect([untuned.device, stored.size]).toEqual([undefined, 0]);
    const tuned = await open(true);
    expect(stored.size).toBe(1);
    expect(onProgress).toHaveBeenCalledTimes(3);
    expect(onProgress).toHaveBeenLastCalledWith({ label: 'tuning conv2d 4x4x128 -> 4x4x128', done: 2, total: 3 });
    expect(tuned.device).toMatch(/tuned: \d of 4 convolutions differ from the rules\)$/);
    expect(Math.abs(tuned.loss - untuned.loss)).toBeLessThan(1e-5);
    expect(Math.abs(tuned.after - untuned.after)).toBeLessThan(1e-4);
    expect(tuned.taps.length).toBe(untuned.taps.length);
    expect(tuned.taps.length).toBeGreaterThan(0);

    // Again, in this engine and in one of a later process: nothing is measured, and bits are equal.
    const later = engineWith(stored);
    expect(await open(true)).toEqual(tuned);
    expect(await open(true, later.engine)).toEqual(tuned);
    expect(onProgress).toHaveBeenCalledTimes(3);
    expect([memory.remember.mock.calls.length, later.memory.remember.mock.calls.length]).toEqual([1, 0]);
    const { details } = await engine.status(optionsFor(engine, worker, true));
    expect(details).toContainEqual(expect.stringMatching(/^tuning: on, 1 network remembered for this device/));
  });

  it.each([true, false])('follows what is remembered (worker: %j)', async (worker) => {
    const network = tunableNetwork();
    const signature = nodeSignatures(network.graph).get('conv4')!;
    const weights = network.model.getWeights().map((weight) => weight.clone());
    const told = [];
    for (const strategy of ['plain', 'winograd']) {
      const { engine, memory } = engineWith();
      const tuning = { choices: { [signature]: strategy }, convolutions: 4, differing: 2 };
      const remembering = createOnnxEngine(openRuntime, { ...memory, recall: async () => JSON.stringify(tuning) });
      const options = optionsFor(engine, worker, true);
      network.model.setWeights(weights);
      told.push(await firstStep(network, (of) => remembering.open(of, planFor(of), options)));
      expect(memory.remember).not.toHaveBeenCalled();
    }
    // Other ways to compute, other last digits.
    expect(told[0].taps).not.toEqual(told[1].taps);
    expect(Math.abs(told[0].loss - told[1].loss)).toBeLessThan(1e-5);
    expect(told[0].device).toContain('tuned: 2 of 4');
  });

  it.each([true, false])(
    'is refused before anything is measured where the plan can not be computed (worker: %j)',
    async (worker) => {
      const network = tunableNetwork();
      const { engine, stored } = engineWith();
      const plan = { ...planFor(network), taps: [{ ...planFor(network).taps[0], site: 'nowhere' }] };
      const onProgress = vi.fn();
      const opening = engine.open(network, plan, optionsFor(engine, worker, true), { onProgress });
      await expectReluctantError(opening, 'ENGINE_UNSUPPORTED');
      expect(onProgress).not.toHaveBeenCalled();
      expect(stored.size).toBe(0);
    },
  );
});

it('has nothing to do where strategies are plain', async () => {
  const network = tunableNetwork();
  const { engine, stored } = engineWith();
  const onProgress = vi.fn();
  const options = optionsFor(engine, false, true, 'plain');
  const session = await engine.open(network, planFor(network), options, { onProgress });
  await session.close();
  expect([session.device, stored.size, onProgress.mock.calls.length]).toEqual([undefined, 0, 0]);
});
