import { setTimeout as sleep } from 'node:timers/promises';
import { Random, type EventBody, type Reading, type RunStore, type RunWriter, type TapSample } from '@reluctant/core';
import { describeMachine } from '../machine.js';

export interface RecordedShape {
  readonly sites: number;
  /** Of each site. */
  readonly units: number;
  readonly epochs: number;
  /** Training steps of an epoch. */
  readonly steps: number;
}

const PROBE_IMAGES = 1000;
const EPSILON_SHARE = 0.1;

/** Measures of the probes that every run has unless told otherwise: of each unit, and of the whole layer. */
const PROBES = {
  'activation-probability': {
    units: ['pr', 'prLower', 'prUpper', 'fired', 'imagesFired'],
    layer: [
      'mean',
      'meanLower',
      'meanUpper',
      'confidence',
      'median',
      'lowerQuartile',
      'upperQuartile',
      'min',
      'max',
      'belowHalf',
      'elements',
    ],
  },
  'dead-units': {
    units: ['neverFired', 'nearlyDead', 'imageFireUpper'],
    layer: ['neverFired', 'nearlyDead', 'units', 'epsilon', 'confidence', 'neverFiredUpper'],
  },
  'unit-lifecycle': { units: ['dead', 'everDied'], layer: ['dead', 'alive', 'bornDead', 'died', 'revived'] },
} as const;

export const siteName = (index: number) => `block${index + 1}/relu`;

/**
 * Records what a run with the usual probes records: shapes and kinds of numbers are theirs, values are drawn at random. The
 * last epoch does not end, so that its values are in no table yet, as in a run that goes on.
 * @returns its writer, open
 */
export async function recordRun(
  store: RunStore,
  { sites, units, epochs, steps }: RecordedShape,
  onEpoch: (done: number) => void,
): Promise<RunWriter> {
  const { cpu, cores, platform } = describeMachine();
  const { writer } = await store.create({
    name: 'bench',
    config: { training: { epochs } },
    seed: 0,
    versions: {},
    machine: { cpu, cores, platform },
    network: {
      parameters: 0,
      sites: Array.from({ length: sites }, (_, index) => {
        const name = siteName(index);
        return { name, layer: name, depth: index + 1, kind: 'conv', units, positions: 64, skip: false };
      }),
    },
  });
  const random = new Random('record-run');
  let seq = 0;
  const record = (body: EventBody) => writer.consume({ seq: ++seq, time: new Date().toISOString(), ...body });
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (let step = (epoch - 1) * steps + 1; step <= epoch * steps; step++) {
      const progress = { step, epoch: step / steps, learningRate: 0.1, seconds: random.uniform() };
      await record({ type: 'step.completed', loss: random.uniform(), correct: 40, size: 128, ...progress });
    }
    const position = { step: epoch * steps, epoch };
    for (const on of ['training-step', 'probe-split'] as const) {
      for (let index = 0; index < sites; index++) {
        const place = { site: siteName(index), on, ...position, images: PROBE_IMAGES };
        await record({ type: 'tap.sampled', sample: sampleAt(place, units, random) });
        for (const [probe, measures] of Object.entries(PROBES)) {
          if (on === 'training-step' && probe !== 'activation-probability') continue;
          await record({ type: 'probe.reading', reading: { probe, ...place, ...valuesOf(measures, units, random) } });
        }
      }
    }
    if (epoch < epochs)
      await record({ type: 'epoch.completed', ...position, trainLoss: 1, trainAccuracy: 0.5, seconds: 60 });
    onEpoch(epoch);
  }
  // The writer holds the last events back for a moment, to write them together.
  await sleep(400);
  return writer;
}

type Place = Pick<TapSample, 'site' | 'on' | 'step' | 'epoch' | 'images'>;

function sampleAt(place: Place, units: number, random: Random): TapSample {
  const counts = (length: number) => Float64Array.from({ length }, () => random.integer(64 * PROBE_IMAGES));
  const values = {
    fired: counts(units),
    imagesFired: counts(units),
    ...(place.on === 'probe-split' && { firedPerImage: counts(PROBE_IMAGES) }),
  };
  return { ...place, at: 'activation', elements: 64 * PROBE_IMAGES, values };
}

function valuesOf(
  measures: (typeof PROBES)[keyof typeof PROBES],
  units: number,
  random: Random,
): Pick<Reading, 'units' | 'layer'> {
  const draw = (measure: string) => {
    if (/^(pr|imageFire)/.test(measure)) return random.uniform();
    return /ired$/.test(measure) && measure !== 'neverFired'
      ? random.integer(64 * PROBE_IMAGES)
      : Number(random.uniform() < EPSILON_SHARE);
  };
  return {
    units: Object.fromEntries(
      measures.units.map((measure) => [measure, Array.from({ length: units }, () => draw(measure))]),
    ),
    layer: Object.fromEntries(
      measures.layer.map((measure) => [measure, measure === 'units' ? units : random.uniform()]),
    ),
  };
}
