import {
  normalQuantile,
  theoryDeviation,
  wilsonInterval,
  type JsonValue,
  type Simulation,
  type SimulationSeries,
  type TheorySeries,
} from '@reluctant/core';
import { normalCdf } from '../numerics/normal.js';
import { fitOptionsSchema, type FitOptions, type Observation } from './fit-options.js';
import { fitNoSignalLaw, type NoSignalFit } from './no-signal-fit.js';
import { rectifiedNormalThreshold } from './rectified-normal.js';

const NAME = 'Pr[y>0]';
const GROUP = 'recorded';
const TITLES = {
  noSignal: 'no signal, rate fitted',
  rectifiedNormal: 'normal pre-activation, from E[y] and E[y²]',
  normalPreactivation: 'normal pre-activation, Φ(mean/deviation)',
} as const;
type Prediction = keyof typeof TITLES;

/** Lays what the single-unit model says of a network's unit over what was recorded of it. Simulates nothing, so needs no seed. */
export const singleUnitFit: Simulation<FitOptions> = {
  kind: 'single-unit-fit',
  summary: "The single-unit model's Pr[y>0] beside what was recorded of one unit of a trained network",
  options: fitOptionsSchema,

  async simulate(options, { publish, signal }) {
    signal?.throwIfAborted();
    const { observations } = options;
    const recorded = recordedSeries(options);
    const fit = fitNoSignalLaw(observations);
    const series = predictions(observations, fit, recorded);
    publish({ type: 'simulation.sampled', series: recorded });
    for (const one of series.values()) publish({ type: 'simulation.predicted', series: one });
    for (const text of notes(options, series, fit)) {
      publish({ type: 'simulation.noted', note: { severity: 'information', text } });
    }
    publish({ type: 'simulation.result', result: resultOf(options, recorded, series, fit) });
  },
};

/** Wilson's intervals over images, as positions of one image are not independent; conservative for a convolution's channel. */
function recordedSeries({ observations, confidence }: FitOptions): SimulationSeries {
  const intervals = observations.map(({ probability, images }) => wilsonInterval(probability, images, confidence));
  return {
    name: NAME,
    group: GROUP,
    axis: { label: 'epoch', values: observations.map(({ epoch }) => epoch) },
    mean: observations.map(({ probability }) => probability),
    lower: intervals.map(({ lower }) => lower),
    upper: intervals.map(({ upper }) => upper),
    band: `${Number((100 * confidence).toPrecision(12))} % confidence over images (Wilson)`,
    trials: observations.at(-1)!.images,
    trialName: 'image',
    // Of Wilson's interval, since p(1 − p)/N would be 0 for a unit that never fired.
    standardError: intervals.map(({ lower, upper }) => (upper - lower) / (2 * normalQuantile((1 + confidence) / 2))),
  };
}

function predictions(
  observations: readonly Observation[],
  fit: NoSignalFit | undefined,
  { axis }: SimulationSeries,
): ReadonlyMap<Prediction, TheorySeries> {
  const values: Readonly<Record<Prediction, readonly number[]>> = {
    noSignal: fit && fit.rate > 0 ? fit.probabilities : observations.map(() => NaN),
    rectifiedNormal: observations.map(({ activation }) =>
      activation ? normalCdf(rectifiedNormalThreshold(activation.mean, activation.meanSquare)) : NaN,
    ),
    normalPreactivation: observations.map(({ preactivation }) => (preactivation ? firingShare(preactivation) : NaN)),
  };
  const known = (Object.keys(TITLES) as Prediction[]).filter((kind) => !values[kind].every(Number.isNaN));
  return new Map(
    known.map((kind) => [kind, { name: NAME, group: GROUP, theory: TITLES[kind], axis, values: values[kind] }]),
  );
}

function firingShare({ mean, deviation }: { readonly mean: number; readonly deviation: number }): number {
  if (deviation === 0) return mean > 0 ? 1 : 0;
  return normalCdf(mean / deviation);
}

/** What is assumed, and what the record does not tell. */
function notes(
  { learningRate }: FitOptions,
  series: ReadonlyMap<Prediction, TheorySeries>,
  fit: NoSignalFit | undefined,
): readonly string[] {
  const texts: string[] = [];
  if (series.has('normalPreactivation') || series.has('rectifiedNormal')) {
    texts.push(
      'The model takes the pre-activation to be normal. Where the prediction from its moments misses the recorded share, it is not.',
    );
  }
  if (!series.has('normalPreactivation')) {
    texts.push(
      'The record holds no mean and variance of the pre-activation, for which a probe would have to tap it. ' +
        (series.has('rectifiedNormal')
          ? 'They are inferred from mean and mean square of the outputs instead.'
          : 'Nor does it hold the moments of the outputs: add the probe activation-stats.'),
    );
  }
  if (fit && fit.rate > 0) {
    const beside = learningRate === undefined ? '' : `; the mean learning rate is ${format(learningRate)}`;
    texts.push(
      `The law of a unit without a signal (white inputs of unit variance, a bias, plain gradient descent) is a reference and not a claim: ` +
        `its rate was fitted, ${format(fit.rate)} ± ${format(fit.standardError)} a step${beside}.`,
    );
  } else if (fit) {
    texts.push(
      'The unit fires more often than at first, so that the law of a unit without a signal does not describe it.',
    );
  }
  texts.push(
    'The motion dp/dk that the theory derives from the drift is not shown: it needs joint moments of the error signal and the ' +
      "unit's inputs, which no record holds.",
  );
  return texts;
}

const format = (value: number) => String(Number(value.toPrecision(3)));

function resultOf(
  { run, site, unit, observations }: FitOptions,
  recorded: SimulationSeries,
  series: ReadonlyMap<Prediction, TheorySeries>,
  fit: NoSignalFit | undefined,
): JsonValue {
  const prediction = (kind: Prediction): JsonValue => {
    const theory = series.get(kind);
    if (!theory) return null;
    const { compared, outside, largest } = theoryDeviation(theory, recorded);
    return {
      p: theory.values,
      deviation: { compared, outside: outside.length, largest: largest ? { ...largest } : null },
    };
  };
  const noSignal = prediction('noSignal');
  return {
    unit: { run, site, unit },
    step: observations.map(({ step }) => step),
    epoch: recorded.axis.values,
    recorded: { p: recorded.mean, lower: recorded.lower, upper: recorded.upper },
    theory: {
      normalPreactivation: prediction('normalPreactivation'),
      rectifiedNormal: prediction('rectifiedNormal'),
      noSignal,
    },
    noSignalRate: fit ? { perStep: fit.rate, standardError: fit.standardError } : null,
  };
}
