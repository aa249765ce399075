import type { Checkpoint, EventBody, Reading, RunStore, RunWriter, TapSample, TrainingEvent } from '@reluctant/core';

export const description: Parameters<RunStore['create']>[0] = {
  name: 'VGG-16 on textures',
  config: { architecture: { kind: 'vgg' }, training: { epochs: 2 } },
  seed: 7,
  versions: { '@reluctant/core': '0.1.0' },
  machine: { platform: 'linux', cpu: 'test', cores: 2 },
};

/** An event with the stamp that a bus would give it. */
export function stamped(seq: number, body: EventBody): TrainingEvent {
  return { seq, time: new Date(Date.UTC(2026, 0, 1) + seq).toISOString(), ...body } as TrainingEvent;
}

export function step(seq: number, loss = 1 / seq): TrainingEvent {
  const common = { step: seq, epoch: seq / 10, correct: 3, size: 8, learningRate: 0.1, seconds: 0.01 };
  return stamped(seq, { type: 'step.completed', loss, ...common });
}

export function tapSampled(seq: number, sample: Partial<TapSample> = {}): TrainingEvent {
  const values = { fired: Float64Array.of(seq, 0, 2 ** 40 + 1), positionFired: Float64Array.of(1, 2, 3, 4, 5, seq) };
  const common = {
    site: 'conv1/relu',
    at: 'activation',
    on: 'probe-split',
    step: seq,
    epoch: 0.5,
    images: 4,
    elements: 8,
  } as const;
  return stamped(seq, { type: 'tap.sampled', sample: { ...common, values, ...sample } });
}

export function probeReading(seq: number, reading: Partial<Reading> = {}): TrainingEvent {
  const common = {
    probe: 'dead-units',
    site: 'conv1/relu',
    on: 'probe-split',
    step: seq,
    epoch: 0.5,
    images: 4,
  } as const;
  const units = { probability: [1 / seq, NaN, -0], dead: [0, 1, 0] };
  return stamped(seq, {
    type: 'probe.reading',
    reading: { ...common, units, layer: { dead: 1, worst: -Infinity }, ...reading },
  });
}

export function epochCompleted(seq: number): TrainingEvent {
  return stamped(seq, { type: 'epoch.completed', step: seq, epoch: 1, trainLoss: NaN, trainAccuracy: 0.5, seconds: 1 });
}

export function runFinished(seq: number, status: 'completed' | 'interrupted' = 'completed'): TrainingEvent {
  return stamped(seq, { type: 'run.finished', status, step: seq, epoch: 1, seconds: 1 } as EventBody);
}

/** What a simulation finds, with numbers that JSON lacks in every place that holds numbers. */
export function simulationFindings(from: number): TrainingEvent[] {
  const axis = { label: 'updates', values: [0, 10] };
  const curve = { name: 'Pr[y>0]', group: '', axis };
  const bodies: EventBody[] = [
    {
      type: 'simulation.sampled',
      series: {
        ...curve,
        mean: [0.5, NaN],
        lower: [-0, 0],
        upper: [1, Infinity],
        band: '99 %',
        trials: 2,
        standardError: [0, NaN],
      },
    },
    { type: 'simulation.predicted', series: { ...curve, theory: 'C0', values: [0.5, -Infinity] } },
    {
      type: 'simulation.tabulated',
      table: {
        title: 'rates',
        columns: [
          { label: 'Pr[y>0]', kind: 'probability' },
          { label: 'time constant', unit: 'updates', kind: 'number' },
        ],
        rows: [[0.5, { value: Infinity, lower: 3, upper: NaN }]],
        notes: ['$number:1 is a text'],
      },
    },
    {
      type: 'simulation.mapped',
      map: {
        title: 'basin',
        x: axis,
        y: axis,
        value: { label: 'Pr[y>0]', scale: 'logarithmic' },
        values: [
          [0, NaN],
          [1, 5e-324],
        ],
        lines: [{ kind: 'trajectory', label: '', points: [[0, -Infinity]] }],
        points: [{ label: 'w = v', x: 1, y: -0 }],
        notes: [],
      },
    },
    { type: 'simulation.noted', note: { severity: 'warning', text: 'The step size is beyond its bound.' } },
    { type: 'simulation.result', result: { k: [0, 10], theory: { C0: { p: [0.5, NaN] } }, none: null } },
  ];
  return bodies.map((body, index) => stamped(from + index, body));
}

/** `count` events in which every kind of payload occurs and every tenth ends an epoch. */
export function someEvents(count: number, from = 1): TrainingEvent[] {
  return Array.from({ length: count }, (_, i) => {
    const seq = from + i;
    if (seq % 10 === 0) return epochCompleted(seq);
    if (seq % 10 === 4) return tapSampled(seq);
    return seq % 10 === 5 ? probeReading(seq) : step(seq);
  });
}

export function checkpointAt(seq: number): Checkpoint {
  return {
    state: {
      'conv1/kernel': { shape: [1, 1, 2, 2], data: Float32Array.of(seq, NaN, -0, 1e-40) },
      'optimizer/momentum/conv1/kernel': { shape: [4], data: Float32Array.of(1, 2, 3, Infinity) },
      'optimizer/steps': { shape: [], data: Int32Array.of(seq) },
    },
    loop: { fired: { shape: [3], data: Float64Array.of(2 ** 53, 0.1, seq) } },
    step: seq,
    epoch: 0,
    stepInEpoch: seq,
    seq,
  };
}

export async function record(writer: RunWriter, events: readonly TrainingEvent[]): Promise<void> {
  for (const event of events) await writer.consume(event);
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
