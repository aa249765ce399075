import {
  activationProbabilities,
  deadSpells,
  flagUnits,
  looksOf,
  UNIT_DEFINITIONS,
  type EventOf,
  type FlagOptions,
  type RunReader,
  type SiteRecord,
  type TapSample,
} from '@reluctant/core';
import { recordedMeasurement } from '../recorded/recorded-measurement.js';
import { recordedSites } from '../recorded/recorded-sites.js';
import type { CountMeasure, ResultMeasure } from './measures.js';

/** When something was measured, and on how many images. */
export interface Basis {
  readonly step: number;
  readonly epoch: number;
  readonly images: number;
}

/** What is known of the units of one layer at the last measurement. */
export interface LayerFacts {
  readonly site: string;
  readonly layer: string;
  readonly units: number;
  /** Per unit: 1 where it counts, of transitions how many. A measure that was not recorded is absent. */
  readonly counts: Partial<Readonly<Record<CountMeasure, readonly number[]>>>;
  /** Pr[y>0] per unit. */
  readonly pr?: readonly number[];
}

/** What rules are applied to. */
export interface RunFacts {
  readonly run: string;
  readonly name: string;
  /** Folder of the record. */
  readonly path: string;
  readonly status: string;
  /** The last measurement on the probe split. */
  readonly measured: Basis;
  /** The last window of training batches, where it was recorded. */
  readonly trained?: Basis;
  /** Every ReLU site of the network, also where nothing was recorded. */
  readonly layers: readonly LayerFacts[];
  readonly results: Partial<Readonly<Record<ResultMeasure, { readonly value: number; readonly basis: Basis }>>>;
  readonly thresholds: FlagOptions;
}

/** Gathers what a run's record knows at its last measurement. @throws `USAGE` where it measured no network */
export async function runFacts(reader: RunReader, thresholds: FlagOptions): Promise<RunFacts> {
  const { id, name, path, status } = reader.summary;
  const sites = recordedSites(reader);
  const samples = await reader.tapSamples();
  const { sites: records, ...measured } = await recordedMeasurement(reader, samples, sites);
  const until = samples.filter(({ step }) => step <= measured.step);
  const layers = sites.map(({ name: site, layer, units }): LayerFacts => {
    const record = records.get(site);
    if (!record) return { site, layer, units, counts: {} };
    return { site, layer, units, counts: countsOf(record, until, thresholds), ...probabilitiesOf(record.activation) };
  });
  const images = Math.max(0, ...[...records.values()].map(trainingImages));
  const trained = images > 0 ? { ...measured, images } : undefined;
  const results = await resultsOf(reader);
  return { run: id, name, path, status, measured, ...(trained && { trained }), layers, results, thresholds };
}

/** Images of the training window that ended with the measurement; 0 where nothing was recorded of it. */
function trainingImages({ activation, training, readings }: SiteRecord): number {
  const ended = [...training, ...readings].filter(({ on, step }) => on === 'training-step' && step === activation.step);
  return Math.max(0, ...ended.map(({ images }) => images));
}

function countsOf(record: SiteRecord, samples: readonly TapSample[], thresholds: FlagOptions): LayerFacts['counts'] {
  const flags = flagUnits(record, thresholds);
  const flagged = UNIT_DEFINITIONS.flatMap((definition) => {
    const units = flags[definition];
    return units ? [[definition, units.map(Number)] as const] : [];
  });
  const looks = looksOf(samples, record.activation.site);
  if (looks.length === 0) return Object.fromEntries(flagged);
  const { dead } = looks[looks.length - 1];
  const spells = deadSpells(looks);
  const perUnit = (of: typeof spells) => dead.map((_, unit) => of.filter((spell) => spell.unit === unit).length);
  return {
    ...Object.fromEntries(flagged),
    'born-dead': perUnit(spells.filter(({ bornDead }) => bornDead)),
    died: perUnit(spells.filter(({ bornDead }) => !bornDead)),
    revived: perUnit(spells.filter(({ revived }) => revived)),
    dead: dead.map(Number),
  };
}

function probabilitiesOf({ values: { fired }, elements }: TapSample): Pick<LayerFacts, 'pr'> {
  return fired ? { pr: activationProbabilities(fired, elements) } : {};
}

async function resultsOf(reader: RunReader): Promise<RunFacts['results']> {
  let test: EventOf<'evaluation.completed'> | undefined;
  let epoch: EventOf<'epoch.completed'> | undefined;
  for await (const event of reader.events('evaluation.completed', 'epoch.completed')) {
    if (event.type === 'epoch.completed') epoch = event;
    else if (event.split === 'test') test = event;
  }
  const trainSize = reader.summary.manifest.dataset?.trainSize ?? 0;
  const basis = ({ step, epoch: at }: Omit<Basis, 'images'>, images: number) => ({ step, epoch: at, images });
  return {
    ...(test && {
      accuracy: { value: test.accuracy, basis: basis(test, test.images) },
      loss: { value: test.loss, basis: basis(test, test.images) },
    }),
    ...(epoch && {
      'train-accuracy': { value: epoch.trainAccuracy, basis: basis(epoch, trainSize) },
      'train-loss': { value: epoch.trainLoss, basis: basis(epoch, trainSize) },
    }),
  };
}
