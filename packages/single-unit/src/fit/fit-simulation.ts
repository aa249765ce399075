import {
  theoryDeviation,
  type JsonValue,
  type Simulation,
  type SimulationSeries,
  type TheorySeries,
} from '@reluctant/core';
import { fitNotes } from './fit-notes.js';
import { fitOptionsSchema, type FitOptions } from './fit-options.js';
import { fitNoSignalLaw, type NoSignalFit } from './no-signal-fit.js';
import { predictionsOf, type Prediction, type Predictions } from './predictions.js';
import { recordedMeans, recordedShares } from './recorded-series.js';

/** Lays what the single-unit model says of a network's unit over what was recorded of it. Simulates nothing, so needs no seed. */
export const singleUnitFit: Simulation<FitOptions> = {
  kind: 'single-unit-fit',
  summary: "The single-unit model's Pr[y>0] beside what was recorded of one unit of a trained network",
  options: fitOptionsSchema,

  async simulate(options, { publish, signal }) {
    signal?.throwIfAborted();
    const shares = recordedShares(options);
    const means = recordedMeans(options);
    const fit = fitNoSignalLaw(options.observations);
    const predictions = predictionsOf(options, fit, shares.axis);
    publish({ type: 'simulation.sampled', series: shares });
    for (const series of predictions.shares.values()) publish({ type: 'simulation.predicted', series });
    if (predictions.mean) {
      publish({ type: 'simulation.sampled', series: means });
      publish({ type: 'simulation.predicted', series: predictions.mean });
    }
    for (const note of fitNotes(options, shares, predictions, fit)) publish({ type: 'simulation.noted', note });
    publish({ type: 'simulation.result', result: resultOf(options, { shares, means }, predictions, fit) });
  },
};

function resultOf(
  { run, site, unit, observations }: FitOptions,
  { shares, means }: { readonly shares: SimulationSeries; readonly means: SimulationSeries },
  predictions: Predictions,
  fit: NoSignalFit | undefined,
): JsonValue {
  const prediction = (kind: Prediction): JsonValue => {
    const theory = predictions.shares.get(kind);
    return theory ? { p: theory.values, deviation: deviationOf(theory, shares) } : null;
  };
  const { mean } = predictions;
  return {
    unit: { run, site, unit },
    step: observations.map(({ step }) => step),
    epoch: shares.axis.values,
    recorded: { p: shares.mean, lower: shares.lower, upper: shares.upper },
    theory: {
      normalPreactivation: prediction('normalPreactivation'),
      rectifiedNormal: prediction('rectifiedNormal'),
      shiftMotion: prediction('shiftMotion'),
      noSignal: prediction('noSignal'),
    },
    mean: mean ? { recorded: means.mean, shiftMotion: mean.values, deviation: deviationOf(mean, means) } : null,
    noSignalRate: fit ? { perStep: fit.rate, standardError: fit.standardError } : null,
  };
}

function deviationOf(theory: TheorySeries, recorded: SimulationSeries): JsonValue {
  const { compared, outside, largest } = theoryDeviation(theory, recorded);
  return { compared, outside: outside.length, largest: largest ? { ...largest } : null };
}
