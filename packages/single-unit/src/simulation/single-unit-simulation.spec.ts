import {
  createEventBus,
  pluginRegistry,
  Simulation,
  type EventBody,
  type SimulationContext,
  type SimulationSeries,
} from '@reluctant/core';
import { Container } from 'inversify';
import { describe, expect, it } from 'vitest';
import plugin from '../plugin.js';
import { singleUnitOptionsSchema } from './options.js';
import { singleUnitSimulation } from './single-unit-simulation.js';

const SMALL = { inputs: 3, trials: 30, steps: 200, record: 8, stepSize: 0.05 };

async function run(options: object, context: Partial<SimulationContext> = {}) {
  const events: EventBody[] = [];
  await singleUnitSimulation.simulate(singleUnitOptionsSchema.parse(options), {
    seed: 1,
    publish: (event) => events.push(event),
    ...context,
  });
  return events;
}

const seriesOf = (events: readonly EventBody[]): SimulationSeries[] =>
  events.flatMap((event) => (event.type === 'simulation.sampled' ? [event.series] : []));

describe('the single-unit simulation', () => {
  it('is found by its kind in a container, with a description of every option', () => {
    const container = new Container();
    container.load(plugin);
    const found = pluginRegistry(container, 'simulation', Simulation).get('single-unit');
    for (const [name, schema] of Object.entries(found.options.shape)) {
      expect(schema, name).toHaveProperty('description', expect.any(String));
    }
  });

  it('publishes every curve of every group once, over the same updates, with ordered bands', async () => {
    const series = seriesOf(await run(SMALL));
    const keys = series.map(({ name, group }) => `${group}: ${name}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect([...new Set(series.map(({ group }) => group))]).toEqual([
      'he',
      'xavier',
      'lecun',
      'gaussian σ=0.01',
      'positive-bias b=1',
      'randomized-asymmetric',
    ]);
    for (const { axis, mean, lower, upper, trials } of series) {
      expect(axis.values.at(-1)).toBe(200);
      expect([mean.length, lower.length, upper.length]).toEqual(Array(3).fill(axis.values.length));
      mean.forEach((value, i) => {
        expect(lower[i]).toBeLessThanOrEqual(value);
        expect(upper[i]).toBeGreaterThanOrEqual(value);
      });
      expect(trials).toBe(30);
    }
  });

  it('starts at half with a zero bias whatever the scale of the weights, and above with a positive one', async () => {
    const starts = seriesOf(await run({ ...SMALL, steps: 1 })).filter(({ name }) => name === 'Pr[y>0]');
    const start = new Map(starts.map(({ group, mean }) => [group, mean[0]]));
    for (const group of ['he', 'xavier', 'lecun', 'gaussian σ=0.01']) expect(start.get(group)).toBe(0.5);
    expect(start.get('positive-bias b=1')).toBeGreaterThan(0.7);
  });

  it('shows neither an error nor an overlap that there is not', async () => {
    const names = async (kind: string) => {
      const series = seriesOf(await run({ ...SMALL, teacher: { kind }, steps: 1 }));
      return new Set(series.map(({ name }) => name));
    };
    const [relu, zero, none] = await Promise.all(['relu', 'zero', 'none'].map(names));
    expect([...relu].filter((name) => !zero.has(name))).toEqual(['overlap with the teacher']);
    expect([...zero].filter((name) => !none.has(name))).toEqual(['excess squared error']);
  });

  it('is decided by the seed alone', async () => {
    const first = seriesOf(await run(SMALL));
    expect(seriesOf(await run(SMALL))).toEqual(first);
    expect(seriesOf(await run(SMALL, { seed: 2 }))).not.toEqual(first);
  });

  it('gives an initialization the same curves whichever others there are', async () => {
    const both = seriesOf(await run({ ...SMALL, initializations: [{ kind: 'lecun' }, { kind: 'he' }] }));
    const alone = seriesOf(await run({ ...SMALL, initializations: [{ kind: 'he' }] }));
    expect(both.filter(({ group }) => group === 'he')).toEqual(alone);
  });

  it('tells how far it is, from the start to the end', async () => {
    const events = await run({ ...SMALL, initializations: [{ kind: 'he' }] });
    const progress = events.flatMap((event) => (event.type === 'progress' ? [event] : []));
    expect(progress[0]).toMatchObject({ done: 0, total: 6000, detail: 'he' });
    expect(progress.at(-1)).toMatchObject({ done: 6000, total: 6000 });
    progress.slice(1).forEach(({ done }, i) => expect(done).toBeGreaterThanOrEqual(progress[i].done));
  });

  it('stops in the middle of a long trial when aborted, with the reason of the signal', async () => {
    const controller = new AbortController();
    const reason = new Error('interrupted');
    setTimeout(() => controller.abort(reason), 20);
    const endless = { ...SMALL, steps: 1e12 };
    await expect(run(endless, { signal: controller.signal })).rejects.toBe(reason);
    await expect(run(SMALL, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('says which initialization diverged', async () => {
    const diverging = { ...SMALL, rule: 'lms', stepSize: 50, teacher: { kind: 'linear' } };
    await expect(run(diverging)).rejects.toThrow(
      expect.objectContaining({ code: 'RUN_DIVERGED', message: expect.stringContaining('"he"') }),
    );
  });

  it('publishes events that the bus takes', async () => {
    const bus = createEventBus();
    const groups: string[] = [];
    bus.of('simulation.sampled').subscribe(({ series }) => groups.push(series.group));
    await run({ ...SMALL, initializations: [{ kind: 'xavier' }] }, { publish: (event) => bus.publish(event) });
    expect(new Set(groups)).toEqual(new Set(['xavier']));
  });
});

describe('the options', () => {
  it('refuse an initialization given twice, unknown keys and nonsense', () => {
    const refused = [
      { initializations: [{ kind: 'he' }, { kind: 'he' }] },
      { initializations: [{ kind: 'gaussian', deviation: 0 }] },
      { initializations: [] },
      { stepsize: 0.1 },
      { teacher: { kind: 'relu', slope: 1 } },
      { trials: 1 },
      { confidence: 1 },
      { bias: false, initializations: [{ kind: 'positive-bias' }] },
      { inputs: 1, initializations: [{ kind: 'fixed' }] },
      { stepSize: Infinity },
      { covariance: { kind: 'full', matrix: [[1]] } },
      { initializations: [{ kind: 'weights', weights: [1] }] },
      { tolerance: 0 },
    ];
    for (const options of refused) expect(singleUnitOptionsSchema.safeParse(options).success).toBe(false);
  });

  it('take several scales of one kind', () => {
    const initializations = [0.1, 1].map((deviation) => ({ kind: 'gaussian', deviation }));
    expect(singleUnitOptionsSchema.safeParse({ initializations }).success).toBe(true);
  });
});
