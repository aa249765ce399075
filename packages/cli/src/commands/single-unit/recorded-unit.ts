import {
  mean,
  ReluctantError,
  standardDeviation,
  type RunReader,
  type TapSample,
  type TapSeries,
} from '@reluctant/core';
import { requireUnit, type RecordedSite } from '../../recorded/recorded-sites.js';
import { gradientsBetween, type GradientWindow } from './gradients-between.js';

/** What was recorded of one unit of a network, as the options of a `single-unit-fit`. */
export interface RecordedUnit {
  readonly run: string;
  readonly site: string;
  readonly unit: number;
  readonly learningRate?: number;
  readonly shift?: RecordedSite['shift'];
  readonly optimizer?: unknown;
  readonly observations: readonly RecordedObservation[];
}

interface RecordedObservation {
  readonly step: number;
  readonly epoch: number;
  readonly images: number;
  readonly probability: number;
  readonly preactivation?: { readonly mean: number; readonly deviation: number };
  readonly activation?: { readonly mean: number; readonly meanSquare: number };
  readonly gradient?: GradientWindow;
}

/**
 * Gathers a unit's counters from a run's tap samples: how often it fired, and the moments of its output and of its pre-activation
 * and the sums of its gradients where a probe asked for them.
 * @throws `USAGE` where the run has no such site or unit, or too few measurements of it
 */
export async function recordedUnit(reader: RunReader, site: string, unit: number): Promise<RecordedUnit> {
  const { id, network, config } = reader.summary.manifest;
  const { optimizer } = (config.training ?? {}) as { readonly optimizer?: unknown };
  const { shift } = requireUnit(reader, site, unit);
  const samples = (await reader.tapSamples()).filter((sample) => sample.site === site && sample.images > 0);
  const on: TapSeries = samples.some((sample) => sample.on === 'probe-split') ? 'probe-split' : 'training-step';
  const steps = [...new Set(samples.filter((sample) => sample.on === on).map(({ step }) => step))].sort(
    (a, b) => a - b,
  );
  const learningRates = await recordedLearningRates(reader);
  const gradients = on === 'probe-split' ? gradientsBetween(steps, samples, learningRates, unit) : [];
  const observations = steps.flatMap((step, index) => {
    const at = (point: TapSample['at']) =>
      samples.findLast((sample) => sample.on === on && sample.step === step && sample.at === point);
    return observationOf(at('activation'), at('preactivation'), unit, gradients[index]);
  });
  if (network && observations.length < 2) {
    throw new ReluctantError(
      'USAGE',
      `Run ${id} counted how often units of "${site}" fire ${observations.length === 1 ? 'once' : 'at no time'}; a fit takes ` +
        'two measurements. Record a run with the probe activation-probability.',
    );
  }
  const learningRate = mean([...learningRates.values()]);
  return {
    run: id,
    site,
    unit,
    // A learning rate of 0 throughout is none to compare anything with.
    ...(learningRate > 0 && { learningRate }),
    ...(shift && { shift }),
    ...(optimizer !== undefined && { optimizer }),
    observations,
  };
}

function observationOf(
  activation: TapSample | undefined,
  preactivation: TapSample | undefined,
  unit: number,
  gradient: GradientWindow | undefined,
): readonly RecordedObservation[] {
  // A pre-activation is above 0 where the output is.
  const counted = activation?.values.fired ? activation : preactivation?.values.fired ? preactivation : undefined;
  if (!counted) return [];
  const { step, epoch, images, elements, values } = counted;
  const output = moments(activation, unit);
  const input = moments(preactivation, unit);
  return [
    {
      step,
      epoch,
      images,
      probability: values.fired![unit] / elements,
      ...(output && { activation: { mean: output.mean, meanSquare: output.meanSquare } }),
      ...(input && {
        preactivation: { mean: input.mean, deviation: standardDeviation(input.sum, input.sumSquares, elements) },
      }),
      ...(gradient && { gradient }),
    },
  ];
}

function moments(sample: TapSample | undefined, unit: number) {
  const { sum: sums, sumSquares: squares } = sample?.values ?? {};
  if (!sample || !sums || !squares) return undefined;
  const [sum, sumSquares] = [sums[unit], squares[unit]];
  const result = { sum, sumSquares, mean: sum / sample.elements, meanSquare: sumSquares / sample.elements };
  return Number.isFinite(result.mean) && Number.isFinite(result.meanSquare) ? result : undefined;
}

/** The learning rate of every update, by the number of updates after it. */
async function recordedLearningRates(reader: RunReader): Promise<ReadonlyMap<number, number>> {
  const rates = new Map<number, number>();
  for await (const { step, learningRate } of reader.events('step.completed')) rates.set(step, learningRate);
  return rates;
}
