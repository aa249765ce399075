import { didYouMean, ReluctantError, type RunReader, type TapSample, type TapSeries } from '@reluctant/core';

/** What was recorded of one unit of a network, as the options of a `single-unit-fit`. */
export interface RecordedUnit {
  readonly run: string;
  readonly site: string;
  readonly unit: number;
  readonly learningRate?: number;
  readonly observations: readonly {
    readonly step: number;
    readonly epoch: number;
    readonly images: number;
    readonly probability: number;
    readonly preactivation?: { readonly mean: number; readonly deviation: number };
    readonly activation?: { readonly mean: number; readonly meanSquare: number };
  }[];
}

/**
 * Gathers a unit's counters from a run's tap samples: how often it fired, and the moments of its output and of its pre-activation
 * where a probe asked for them.
 * @throws `USAGE` where the run has no such site or unit, or too few measurements of it
 */
export async function recordedUnit(reader: RunReader, site: string, unit: number): Promise<RecordedUnit> {
  const { id, network } = reader.summary.manifest;
  requireUnit(reader, site, unit);
  const samples = (await reader.tapSamples()).filter((sample) => sample.site === site && sample.images > 0);
  const on: TapSeries = samples.some((sample) => sample.on === 'probe-split') ? 'probe-split' : 'training-step';
  const steps = [...new Set(samples.filter((sample) => sample.on === on).map(({ step }) => step))].sort(
    (a, b) => a - b,
  );
  const observations = steps.flatMap((step) => {
    const at = (point: TapSample['at']) =>
      samples.findLast((sample) => sample.on === on && sample.step === step && sample.at === point);
    return observationOf(at('activation'), at('preactivation'), unit);
  });
  if (network && observations.length < 2) {
    throw new ReluctantError(
      'USAGE',
      `Run ${id} counted how often units of "${site}" fire ${observations.length === 1 ? 'once' : 'at no time'}; a fit takes ` +
        'two measurements. Record a run with the probe activation-probability.',
    );
  }
  const learningRate = await meanLearningRate(reader);
  return { run: id, site, unit, ...(learningRate !== undefined && { learningRate }), observations };
}

function requireUnit(reader: RunReader, site: string, unit: number): void {
  const { id, network } = reader.summary.manifest;
  const sites = network?.sites ?? [];
  const found = sites.find(({ name }) => name === site);
  if (!found) {
    const names = sites.map(({ name }) => name);
    const known = names.length > 0 ? `Known: ${names.join(', ')}.` : 'It trained no network.';
    const parts = [`Run ${id} has no ReLU site "${site}".`, didYouMean(site, names), known];
    throw new ReluctantError('USAGE', parts.filter(Boolean).join(' '));
  }
  if (!Number.isInteger(unit) || unit < 0 || unit >= found.units) {
    throw new ReluctantError(
      'USAGE',
      `Site "${site}" has the units 0 to ${found.units - 1}; there is no unit ${unit}.`,
    );
  }
}

function observationOf(
  activation: TapSample | undefined,
  preactivation: TapSample | undefined,
  unit: number,
): RecordedUnit['observations'] {
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
      ...(output && { activation: output }),
      ...(input && {
        preactivation: {
          mean: input.mean,
          deviation: Math.sqrt(Math.max(0, input.meanSquare - input.mean * input.mean)),
        },
      }),
    },
  ];
}

function moments(sample: TapSample | undefined, unit: number) {
  const { sum, sumSquares } = sample?.values ?? {};
  if (!sample || !sum || !sumSquares) return undefined;
  const result = { mean: sum[unit] / sample.elements, meanSquare: sumSquares[unit] / sample.elements };
  return Number.isFinite(result.mean) && Number.isFinite(result.meanSquare) ? result : undefined;
}

async function meanLearningRate(reader: RunReader): Promise<number | undefined> {
  let sum = 0;
  let steps = 0;
  for await (const event of reader.events()) {
    if (event.type !== 'step.completed') continue;
    sum += event.learningRate;
    steps++;
  }
  return sum > 0 ? sum / steps : undefined;
}
