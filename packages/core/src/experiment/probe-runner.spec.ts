import { EMPTY, map } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEventBus } from '../events/event-bus.js';
import type { TrainingEvent } from '../events/training-event.js';
import type { PluginRegistry } from '../plugin/plugin-registry.js';
import type { InspectedNetwork } from '../probe/inspected-network.js';
import type { Probe, ProbeOutput } from '../probe/probe.js';
import type { Tap, TapSample } from '../probe/tap.js';
import { ProbeRunner, type ProbedSubject } from './probe-runner.js';

const SUBJECT: ProbedSubject = {
  graph: {
    nodes: [],
    parameters: [{ name: 'conv/kernel', shape: [1], trainable: true, role: 'kernel' }],
    input: 'image',
    output: 'logits',
  },
  sites: [{ name: 'relu', layer: 'relu', depth: 1, kind: 'dense', units: 1, positions: 1, skip: false }],
  inputRange: { lower: [0], upper: [1] },
};
const ARRAY = { shape: [1], data: Float32Array.of(5) };
const TAP: Tap = { site: 'relu', at: 'activation', statistics: ['fired'], on: 'probe-split' };
const SAMPLE: TapSample = {
  site: 'relu',
  at: 'activation',
  on: 'probe-split',
  step: 2,
  epoch: 1,
  images: 10,
  elements: 10,
  values: { fired: Float64Array.of(3) },
};
const MEASUREMENT = {
  parameters: { 'conv/kernel': ARRAY, 'optimizer/velocity/conv/kernel': ARRAY },
  winograd: ['conv'],
  samples: [SAMPLE, { ...SAMPLE, at: 'preactivation' as const }],
  step: 2,
  epoch: 1,
};

const reading = (probe: string, value: number): ProbeOutput => ({
  type: 'probe.reading',
  probe,
  site: 'relu',
  on: 'probe-split',
  step: 2,
  epoch: 1,
  images: 0,
  units: { value: [value] },
  layer: {},
});

function probeOf(kind: string, parts: Partial<Probe>): Probe {
  return { kind, summary: kind, options: z.strictObject({}), taps: () => [], readings: () => EMPTY, ...parts };
}

function runnerOf(probes: readonly Probe[], onFailure: 'fail' | 'drop' = 'fail') {
  const registry = { get: (kind: string) => probes.find((probe) => probe.kind === kind)! } as PluginRegistry<Probe>;
  const runner = new ProbeRunner(
    probes.map(({ kind }) => ({ kind, option: kind })),
    registry,
    SUBJECT,
    onFailure,
  );
  const bus = createEventBus();
  const events: TrainingEvent[] = [];
  bus.events$.subscribe((event) => events.push(event));
  runner.attach(bus);
  const told = () =>
    events.flatMap((event) => {
      if (event.type === 'probe.reading') return [`${event.reading.probe} ${event.reading.units.value[0]}`];
      return event.type === 'probe.failed' ? [`${event.probe} failed`] : [];
    });
  return { runner, bus, told };
}

describe('probes that look at the network', () => {
  it('see its parameters without slots, and the samples of their own taps', async () => {
    const seen: [InspectedNetwork, unknown][] = [];
    const inspect: Probe['inspect'] = (network, options) => {
      seen.push([network, options]);
      return [reading('own', 1), reading('own', 2)];
    };
    const { runner, bus, told } = runnerOf([probeOf('own', { taps: () => [TAP], inspect })]);
    expect(runner.inspects).toBe(true);
    await runner.inspect(MEASUREMENT, bus);
    expect(seen).toEqual([
      [
        {
          ...SUBJECT,
          parameters: { 'conv/kernel': ARRAY },
          winograd: ['conv'],
          samples: [SAMPLE],
          step: 2,
          epoch: 1,
        },
        { option: 'own' },
      ],
    ]);
    expect(told()).toEqual(['own 1', 'own 2']);
  });

  it('are asked one after the other, and may also read samples', async () => {
    const slow = probeOf('slow', {
      inspect: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        return [reading('slow', 1)];
      },
    });
    const both = probeOf('both', {
      taps: () => [TAP],
      readings: (samples$) => samples$.pipe(map(() => reading('both', 2))),
      inspect: () => [reading('both', 3)],
    });
    const { runner, bus, told } = runnerOf([slow, both]);
    bus.publish({ type: 'tap.sampled', sample: SAMPLE });
    await runner.inspect(MEASUREMENT, bus);
    expect(told()).toEqual(['both 2', 'slow 1', 'both 3']);
    runner.replay([SAMPLE]);
    expect(told()).toHaveLength(3);
  });

  it('are none where no probe looks', () => {
    expect(runnerOf([probeOf('counter', {})]).runner.inspects).toBe(false);
  });

  it.each<[string, Probe['inspect']]>([
    [
      'throws',
      () => {
        throw new Error('out of ideas');
      },
    ],
    ['rejects', async () => Promise.reject(new Error('out of ideas'))],
  ])('end the run where one %s, or are not heard again, neither of samples', async (_, inspect) => {
    const readings: Probe['readings'] = (samples$) => samples$.pipe(map(() => reading('faulty', 1)));
    const faulty = probeOf('faulty', { taps: () => [TAP], readings, inspect });
    const sound = probeOf('sound', { inspect: () => [reading('sound', 4)] });

    const failing = runnerOf([faulty, sound]);
    await failing.runner.inspect(MEASUREMENT, failing.bus);
    expect(() => failing.runner.assertHealthy()).toThrow(
      expect.objectContaining({ code: 'PROBE_FAILED', message: 'Probe "faulty" failed: out of ideas' }),
    );

    const dropping = runnerOf([faulty, sound], 'drop');
    for (let time = 0; time < 2; time++) {
      dropping.bus.publish({ type: 'tap.sampled', sample: SAMPLE });
      await dropping.runner.inspect(MEASUREMENT, dropping.bus);
    }
    dropping.runner.assertHealthy();
    expect(dropping.told()).toEqual(['faulty 1', 'faulty failed', 'sound 4', 'sound 4']);
  });

  it('are not asked after their readings have failed', async () => {
    const faulty = probeOf('faulty', {
      readings: (samples$) =>
        samples$.pipe(
          map(() => {
            throw new Error('no');
          }),
        ),
      inspect: () => [reading('faulty', 1)],
    });
    const { runner, bus, told } = runnerOf([faulty], 'drop');
    bus.publish({ type: 'tap.sampled', sample: SAMPLE });
    expect(runner.inspects).toBe(false);
    await runner.inspect(MEASUREMENT, bus);
    expect(told()).toEqual(['faulty failed']);
  });
});
