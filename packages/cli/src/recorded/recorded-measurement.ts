import { ReluctantError, siteRecords, type RunReader, type SiteRecord, type TapSample } from '@reluctant/core';
import type { RecordedSite } from './recorded-sites.js';

/** What was recorded at one measurement on the probe split. */
export interface RecordedMeasurement {
  readonly step: number;
  readonly epoch: number;
  /** Images of the probe split. */
  readonly images: number;
  /** By site name, in the order of the network; sites that no probe watched are absent. */
  readonly sites: ReadonlyMap<string, SiteRecord>;
}

/** Which measurement: of an epoch, or of a step. Without either the last. */
export interface MeasurementChoice {
  readonly epoch?: number;
  readonly step?: number;
}

const NAMED = 12;

/**
 * One measurement of a run. The last is the last that covers as many of the sites as any: a run that was killed between two sites
 * leaves half a measurement behind.
 * @param samples the run's, as its reader gives them
 * @throws `USAGE` where the run was not measured then, or at no time
 */
export async function recordedMeasurement(
  reader: RunReader,
  samples: readonly TapSample[],
  sites: readonly RecordedSite[],
  choice: MeasurementChoice = {},
): Promise<RecordedMeasurement> {
  const { id } = reader.summary.manifest;
  const wanted = new Set(sites.map(({ name }) => name));
  const activations = samples.filter((sample) => sample.at === 'activation' && wanted.has(sample.site));
  const bySteps = new Map<number, Map<string, TapSample>>();
  for (const sample of activations) {
    if (sample.on !== 'probe-split' || sample.images === 0) continue;
    const atStep = bySteps.get(sample.step) ?? new Map<string, TapSample>();
    bySteps.set(sample.step, atStep.set(sample.site, sample));
  }
  const measurements = [...bySteps.values()];
  if (measurements.length === 0) {
    throw new ReluctantError(
      'USAGE',
      `Run ${id} counted no activations on the probe split. Record a run with the probes dead-units and dormant.`,
    );
  }
  const chosen = choose(measurements, choice, id);
  const { step, epoch, images } = [...chosen.values()][0];
  const readings = [
    ...(await reader.readings({ probe: 'certified-dead' })),
    ...(await reader.readings({ probe: 'gradient' })),
  ];
  const names = sites.map(({ name }) => name);
  return { step, epoch, images, sites: siteRecords(names, samples, readings, step) };
}

type Measurement = ReadonlyMap<string, TapSample>;

function choose(measurements: readonly Measurement[], { epoch, step }: MeasurementChoice, run: string): Measurement {
  const placeOf = (measurement: Measurement) => [...measurement.values()][0];
  if (epoch === undefined && step === undefined) {
    const most = Math.max(...measurements.map(({ size }) => size));
    return measurements.findLast(({ size }) => size === most)!;
  }
  const found = measurements.findLast((measurement) => {
    const place = placeOf(measurement);
    return (epoch ?? place.epoch) === place.epoch && (step ?? place.step) === place.step;
  });
  if (found) return found;
  const asked = [epoch === undefined ? '' : `epoch ${epoch}`, step === undefined ? '' : `step ${step}`];
  const known = measurements.map((measurement) => placeOf(measurement)[step === undefined ? 'epoch' : 'step']);
  const shown = known.length > NAMED ? [...known.slice(0, NAMED - 1), '…', known.at(-1)] : known;
  throw new ReluctantError(
    'USAGE',
    `Run ${run} was not measured at ${asked.filter(Boolean).join(', ')}. Measured at ` +
      `${step === undefined ? 'epochs' : 'steps'} ${shown.join(', ')}.`,
  );
}
