import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ReluctantError, readParameters, type Network, type Session } from '@reluctant/core';
import { expectReluctantError } from '@reluctant/core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { onnxEngine } from '../engine.js';
import { blockedDevice } from '../testing/blocked-device.js';
import { tunableNetwork } from '../testing/tunable-network.js';
import { LARGE_BATCH, largeNetwork, planFor, SMALL_BATCHES, smallNetwork } from '../testing/worker-networks.js';

const onWorker = onnxEngine.options.parse({ threads: 1 });
const inThread = { ...onWorker, worker: false };
const [batch] = SMALL_BATCHES;
const open = (network: Network, options = onWorker) => onnxEngine.open(network, planFor(network), options);
const train = (session: Session, step: number) =>
  session.trainStep(SMALL_BATCHES[step % SMALL_BATCHES.length], { learningRate: 0.1, step });

beforeAll(() => onnxEngine.prepare(onWorker));

it('a session on a worker does what one in this thread does, bit for bit', async () => {
  const [here, there] = [smallNetwork(), smallNetwork()];
  there.model.setWeights(here.model.getWeights());
  const told = [];
  for (const [network, options] of [
    [here, inThread],
    [there, onWorker],
  ] as const) {
    const session = await open(network, options);
    const first = await train(session, 0);
    const state = await session.readState();
    const steps = [await train(session, 1), await train(session, 2)];
    await session.writeState(state);
    const again = await train(session, 1);
    const evaluations = [await session.evaluate(batch), await session.evaluate(batch, { taps: false })];
    await session.close();
    told.push({ first, state, steps, again, evaluations, final: readParameters(network) });
  }
  expect(told[1]).toEqual(told[0]);
  expect(told[1].again).toEqual(told[1].steps[0]);
});

it.each([inThread, onWorker])(
  'a session tells which convolutions it computes by Winograd: worker $worker',
  async (options) => {
    const { block } = await blockedDevice();
    const network = tunableNetwork();
    const session = await onnxEngine.open(network, { ...planFor(network), taps: [] }, options);
    expect(session.winograd).toEqual(block === undefined ? [] : ['conv3', 'conv4']);
    await session.close();
  },
);

describe('a session on a worker', () => {
  it('refuses what one in this thread refuses, and goes on', async () => {
    const session = await open(smallNetwork());
    const labels = { ...batch, y: batch.y.map(() => 9) };
    await expectReluctantError(session.trainStep(labels, { learningRate: 0.1, step: 0 }), 'DATASET_CORRUPT');
    await expectReluctantError(session.writeState({}), 'RUN_CORRUPT');
    expect((await train(session, 0)).loss).toBeGreaterThan(0);
    await session.close();
    await session.close();
    await expectReluctantError(session.evaluate(batch), 'INTERNAL');
  });

  it('is not opened where the plan can not be computed', async () => {
    const network = smallNetwork();
    const plan = { ...planFor(network), taps: [{ ...planFor(network).taps[0], site: 'nowhere' }] };
    const error = await onnxEngine.open(network, plan, onWorker).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(ReluctantError);
    expect(error).toMatchObject({ code: 'ENGINE_UNSUPPORTED', message: expect.stringContaining('nowhere') as string });
  });

  it('can be opened and closed again and again, and beside others', async () => {
    const network = smallNetwork();
    for (let repeat = 0; repeat < 5; repeat++) {
      const sessions = [await open(network), await open(network)];
      const [a, b] = await Promise.all(sessions.map((session) => train(session, repeat)));
      expect(a).toEqual(b);
      await Promise.all(sessions.map((session) => session.close()));
    }
  });

  it('leaves this thread free while a step computes', async () => {
    const session = await open(largeNetwork());
    let turns = 0;
    const interval = setInterval(() => turns++, 10);
    for (let step = 0; step < 3; step++) {
      const before = turns;
      await session.trainStep(LARGE_BATCH, { learningRate: 0.01, step });
      expect(turns).toBeGreaterThan(before);
    }
    clearInterval(interval);
    await session.close();
  });
});

describe('a process', () => {
  const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const run = (end: string) =>
    promisify(execFile)(process.execPath, [
      '--import',
      '@reluctant/core/testing/typescript',
      file('../testing/session-process.ts'),
      end,
    ]);

  it('ends though a session that has nothing to do was left open', async () => {
    await expect(run('idle')).resolves.toMatchObject({ stderr: '' });
  });

  it('lives as long as it waits for a step', async () => {
    expect((await run('waiting')).stdout).toMatch(/^loss \d/);
  });

  it.each([
    ['a step', 'leaving'],
    ['tuning', 'tuning'],
  ])('can exit in the middle of %s', async (_, end) => {
    await expect(run(end)).rejects.toMatchObject({ code: 3, signal: null, stderr: '' });
  });
});
