import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  plugins,
  resolveExperiment,
  resumeExperiment,
  runExperiment,
  RunStore,
  type RunReader,
  type TrainingEvent,
} from '@reluctant/core';
import type { Container } from 'inversify';
import { compose } from './compose.js';
import { temporaryFolder } from './testing/run-cli.js';

const DOCUMENT = {
  name: 'repeatable',
  seed: 5,
  dataset: { kind: 'textures', trainSize: 50, testSize: 20, augment: { crop: 4, flip: true } },
  architecture: { kind: 'vgg', layout: [4, 'M', 6, 'M', 'M'], batchNorm: true, dropout: 0.3 },
  engine: 'onnx',
  training: {
    epochs: 3,
    batchSize: 16,
    optimizer: 'adam',
    learningRate: 0.01,
    schedule: { kind: 'cosine', warmupEpochs: 1 },
  },
  measurement: { everySteps: 3 },
  probes: ['activation-probability', 'dead-units', 'unit-lifecycle', 'certified-dead', 'batch-norm-theory', 'utility'],
};

/** What changes weights and moments on the way, at ends of epochs and between. */
const INTERVENTIONS = [
  { kind: 'redo', tau: 0.9, when: { everySteps: 2 } },
  { kind: 'reinitialize-bias', to: 0.1, when: { atEpochs: [0, 1] } },
  { kind: 'leaky-relu', units: 'all', alpha: 0.1, when: { atEpochs: [1] } },
];

async function setUp(more: object = {}) {
  const container = await compose({ runs: join(await temporaryFolder(), 'runs'), plugins: [] });
  return {
    container,
    experiment: resolveExperiment({ ...DOCUMENT, ...more }, plugins(container), 'test'),
    store: container.get(RunStore),
  };
}

/** The log without what differs from run to run: times, the run's own id, and that it was interrupted. */
async function comparable(reader: RunReader): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const event of reader.events()) {
    if (event.type === 'run.started' || event.type === 'run.resumed') continue;
    events.push({ ...event, time: undefined, seq: undefined, ...('seconds' in event ? { seconds: undefined } : {}) });
  }
  return events;
}

/** Runs, and stops at the event that `stop` recognises. */
async function interruptedAt(stop: (event: TrainingEvent) => boolean, more: object = {}) {
  const { container, experiment, store } = await setUp(more);
  const controller = new AbortController();
  const outcome = await runExperiment(experiment, container, {
    signal: controller.signal,
    onStart: (bus) => bus.events$.subscribe((event) => stop(event) && controller.abort(new Error('stop'))),
  });
  return { container, store, outcome };
}

interface Stopped {
  readonly container: Container;
  readonly store: RunStore;
  readonly outcome: { readonly id: string };
}

/** Resumes a run that was stopped, and expects it to be the run that went straight through, bit for bit. */
async function expectRepeated({ container, store, outcome }: Stopped, more: object = PLAIN): Promise<void> {
  expect(await resumeExperiment(outcome.id, container)).toMatchObject({ id: outcome.id, status: 'completed' });
  expect(await contentOf(await store.open(outcome.id))).toEqual(await straightThrough(more));
}

async function contentOf(reader: RunReader) {
  const events = await comparable(reader);
  return {
    state: (await reader.latestCheckpoint())!.state,
    events: events.filter((event) => (event as TrainingEvent).type !== 'checkpoint.saved'),
    readings: await reader.readings(),
  };
}

const straight = new Map<object, Promise<Awaited<ReturnType<typeof contentOf>>>>();

/** What a run that is not stopped records; made once for all tests. */
function straightThrough(more: object) {
  const run = async () => {
    const { container, experiment, store } = await setUp(more);
    return contentOf(await store.open((await runExperiment(experiment, container)).id));
  };
  const content = straight.get(more) ?? run();
  straight.set(more, content);
  return content;
}

const PLAIN = {};
const WITH_INTERVENTIONS = { interventions: INTERVENTIONS };

describe('a run', () => {
  it('is the same again with the same seed, but for times', async () => {
    const { container, experiment, store } = await setUp();
    const [first, second] = [await runExperiment(experiment, container), await runExperiment(experiment, container)];
    const [one, two] = [await store.open(first.id), await store.open(second.id)];
    expect(await comparable(one)).toEqual(await comparable(two));
    expect((await one.latestCheckpoint())!.state).toEqual((await two.latestCheckpoint())!.state);
    expect(first.id).not.toBe(second.id);
  });

  it.each([
    ['in the middle of an epoch', (event: TrainingEvent) => event.type === 'step.completed' && event.step === 6],
    ['in its first measurement', (event: TrainingEvent) => event.type === 'run.started'],
    ['at the last step of an epoch', (event: TrainingEvent) => event.type === 'step.completed' && event.step === 8],
    ['just after a checkpoint', (event: TrainingEvent) => event.type === 'checkpoint.saved' && event.step === 4],
  ])('interrupted %s and resumed is, bit for bit, the run that went straight through', async (_, stop) => {
    const { container, store, outcome } = await interruptedAt(stop);
    expect(outcome.status).toBe('interrupted');
    expect((await store.open(outcome.id)).summary.status).toBe('interrupted');
    await expectRepeated({ container, store, outcome });
  });

  it('interrupted just after an intervention neither repeats it when it is resumed nor leaves one out', async () => {
    const stop = (event: TrainingEvent) => event.type === 'intervention.applied' && event.step === 6;
    const stopped = await interruptedAt(stop, WITH_INTERVENTIONS);
    expect(stopped.outcome.status).toBe('interrupted');
    await expectRepeated(stopped, WITH_INTERVENTIONS);
  });

  it('killed between an intervention and its checkpoint undoes it and repeats it', async () => {
    const { container, experiment, store } = await setUp(WITH_INTERVENTIONS);
    let id = '';
    const run = runExperiment(experiment, container, {
      onStart(bus, manifest) {
        id = manifest.id;
        bus.attach((event) => {
          if (event.type === 'intervention.applied' && event.step === 8) throw new Error('killed');
        });
      },
    });
    await expect(run).rejects.toThrow('killed');
    expect(await (await store.open(id)).latestCheckpoint()).toMatchObject({ step: 4, epoch: 1 });
    await expectRepeated({ container, store, outcome: { id } }, WITH_INTERVENTIONS);
  });

  it('is resumed by the engine that was chosen for it, with the options that it had', async () => {
    const atStep6 = (event: TrainingEvent) => event.type === 'step.completed' && event.step === 6;
    const { container, store, outcome } = await interruptedAt(atStep6, { engine: 'auto' });
    expect((await resumeExperiment(outcome.id, container)).status).toBe('completed');
    const resumed = await (await store.open(outcome.id)).latestCheckpoint();
    expect(resumed!.state).toEqual((await straightThrough(PLAIN)).state);
  });

  it('that is complete is left as it is by a resume', async () => {
    const { container, experiment, store } = await setUp();
    const { id } = await runExperiment(experiment, container);
    const before = await comparable(await store.open(id));
    expect((await resumeExperiment(id, container)).status).toBe('completed');
    expect(await comparable(await store.open(id))).toEqual(before);
  });
});
