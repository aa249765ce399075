import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { setBackend } from '@tensorflow/tfjs-core';
import type { InterventionChoice } from '../config/experiment.js';
import type { Session } from '../engine/engine.js';
import type { NamedArrays } from '../engine/named-arrays.js';
import { createEventBus } from '../events/event-bus.js';
import type { TrainingEvent } from '../events/training-event.js';
import type { InterventionContext, Intervention } from '../intervention/intervention.js';
import type { PluginRegistry } from '../plugin/plugin-registry.js';
import type { TapSample } from '../probe/tap.js';
import { plantedNetwork } from '../testing/networks/planted-network.js';
import type { Network } from '../graph/network.js';
import { InterventionRunner } from './intervention-runner.js';

let network: Network;
beforeAll(async () => {
  await setBackend('cpu');
  ({ network } = plantedNetwork({ probabilities: [0, 1] }));
});

const array = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) });

/** Adds 1 to `w`, and tells so; what it saw is kept in `seen`. */
function adding(kind: string, seen: InterventionContext[] = [], more: Partial<Intervention> = {}): Intervention {
  return {
    kind,
    summary: 'Adds',
    options: z.strictObject({}),
    taps: () => [{ site: 'planted', at: 'activation', statistics: ['sum'] }],
    intervene(context) {
      seen.push(context);
      return {
        changes: { w: array(context.state.w.data[0] + 1) },
        applied: [{ site: 'planted', units: [0], action: 'raised' }],
        withheld: [{ site: 'planted', units: [1], reason: 'it is one too many' }],
      };
    },
    ...more,
  };
}

function runnerOf(interventions: readonly Intervention[], when: InterventionChoice['when'] = { everyEpochs: 1 }) {
  const registry = { get: (kind: string) => interventions.find((one) => one.kind === kind)! };
  const experiment = {
    interventions: interventions.map(({ kind }) => ({ kind, when, extra: 3 })),
    initializer: { kind: 'he-normal', bias: 0 },
    seed: 5,
    training: { epochs: 3 },
  };
  return new InterventionRunner(experiment as never, registry as PluginRegistry<Intervention>, network);
}

/** A session that holds one weight. */
function sessionWith(value: number) {
  let state: NamedArrays = { w: array(value), still: array(7) };
  const writes: NamedArrays[] = [];
  const session = {
    readState: async () => structuredClone(state),
    async writeState(next: NamedArrays) {
      writes.push(next);
      state = next;
    },
  } as unknown as Session;
  return { session, writes };
}

async function applied(runner: InterventionRunner, session: Session, place = { step: 4, epoch: 1 }) {
  const bus = createEventBus();
  const events: TrainingEvent[] = [];
  bus.events$.subscribe((event) => events.push(event));
  const sample = { site: 'planted', at: 'activation', values: { sum: Float64Array.of(0, 3) } } as unknown as TapSample;
  await runner.apply(session, [sample, { ...sample, at: 'preactivation' }], place, bus);
  return events.map(({ seq: _, time: __, ...body }) => body);
}

describe('InterventionRunner', () => {
  it('applies in order, each on what the one before left, and tells what was done', async () => {
    const [first, second]: InterventionContext[][] = [[], []];
    const runner = runnerOf([adding('one', first), adding('two', second)]);
    const { session, writes } = sessionWith(1);
    const events = await applied(runner, session);
    expect(writes.map(({ w, still }) => [w.data[0], still.data[0]])).toEqual([
      [2, 7],
      [3, 7],
    ]);
    expect(second[0]).toMatchObject({ step: 4, epoch: 1, initializer: { kind: 'he-normal' } });
    expect(second[0].samples.map(({ at }) => at)).toEqual(['activation']);
    const told = (intervention: string) => [
      { type: 'intervention.applied', intervention, site: 'planted', units: [0], action: 'raised', step: 4, epoch: 1 },
      {
        type: 'intervention.withheld',
        intervention,
        site: 'planted',
        units: [1],
        reason: 'it is one too many',
        step: 4,
        epoch: 1,
      },
    ];
    expect(events).toEqual([...told('one'), ...told('two')]);
  });

  it('draws from streams of the seed, the intervention and the step', async () => {
    const draw = async (kind: string, step: number) => {
      const seen: InterventionContext[] = [];
      await applied(runnerOf([adding(kind, seen)], { everySteps: 1 }), sessionWith(1).session, { step, epoch: 1 });
      return seen[0].random('layer').uint32();
    };
    const draws = [await draw('one', 4), await draw('one', 5), await draw('two', 4)];
    expect(new Set(draws).size).toBe(3);
    expect(await draw('one', 4)).toBe(draws[0]);
  });

  it('writes nothing where nothing is due or nothing changes', async () => {
    const idle = adding('idle', [], { intervene: () => ({ changes: {}, applied: [], withheld: [] }) });
    const { session, writes } = sessionWith(1);
    expect(await applied(runnerOf([idle]), session)).toEqual([]);
    const runner = runnerOf([adding('one')], { everyEpochs: 2 });
    expect([1, 2, 3].map((epoch) => runner.isDue({ step: 4 * epoch, epoch }))).toEqual([false, true, false]);
    expect(await applied(runner, session)).toEqual([]);
    expect(writes).toEqual([]);
  });

  it('asks for what is tapped on the probe split, and passes options on without kind and when', () => {
    let options: unknown;
    const keeping = adding('one', [], {
      taps(_, given) {
        options = given;
        return [{ site: 'planted', at: 'activation', statistics: ['fired'] }];
      },
    });
    expect(runnerOf([keeping]).taps).toEqual([
      { site: 'planted', at: 'activation', statistics: ['fired'], on: 'probe-split' },
    ]);
    expect(options).toEqual({ extra: 3 });
  });

  it('says which intervention failed, and which array there is none of', async () => {
    const broken = adding('one', [], {
      intervene() {
        throw new Error('out of ideas');
      },
    });
    await expect(applied(runnerOf([broken]), sessionWith(1).session)).rejects.toMatchObject({
      code: 'PLUGIN_INVALID',
      message: 'Intervention "one" failed: out of ideas',
    });
    const wild = adding('two', [], { intervene: () => ({ changes: { v: array(1) }, applied: [], withheld: [] }) });
    const { session, writes } = sessionWith(1);
    await expect(applied(runnerOf([wild]), session)).rejects.toMatchObject({
      message: 'Intervention "two" changed "v", which there is not.',
    });
    expect(writes).toEqual([]);
  });
});
