import type { Reading, TapSeries } from '@reluctant/core';
import type { RunRecord } from './run-record.js';
import { sitesOf } from './sites.js';

/** All readings of one probe that were taken at one step, in the order of the sites. */
export interface Measurement {
  readonly step: number;
  readonly epoch: number;
  readonly images: number;
  /** By site name. */
  readonly readings: ReadonlyMap<string, Reading>;
}

/** The measurements of one probe in one series, ordered by step. Of two readings of a site at one step the later counts. */
export function measurementsOf(record: RunRecord, probe: string, on: TapSeries): readonly Measurement[] {
  const bySteps = new Map<number, Map<string, Reading>>();
  for (const reading of record.readings) {
    if (reading.probe !== probe || reading.on !== on) continue;
    const atStep = bySteps.get(reading.step) ?? new Map<string, Reading>();
    bySteps.set(reading.step, atStep.set(reading.site, reading));
  }
  const order = sitesOf(record).map((site) => site.name);
  return [...bySteps].map(([step, unordered]) => {
    const readings = new Map(order.flatMap((name) => (unordered.has(name) ? [[name, unordered.get(name)!]] : [])));
    const first = [...readings.values()][0] ?? [...unordered.values()][0]!;
    return { step, epoch: first.epoch, images: first.images, readings };
  });
}

/**
 * The latest measurement that covers as many sites as any: a run killed between two sites leaves a half measurement
 * behind, which must not be taken for the whole network.
 */
export function lastComplete(measurements: readonly Measurement[]): Measurement | undefined {
  const most = Math.max(0, ...measurements.map((measurement) => measurement.readings.size));
  return measurements.findLast((measurement) => most > 0 && measurement.readings.size === most);
}

/** The series that has readings of the probe: the fixed probe split where there is one, else the training batches. */
export function headlineSeries(record: RunRecord, probe: string): TapSeries | undefined {
  const has = (on: TapSeries) => record.readings.some((reading) => reading.probe === probe && reading.on === on);
  if (has('probe-split')) return 'probe-split';
  return has('training-step') ? 'training-step' : undefined;
}

/** Both series that a probe may have, in the order in which they are shown. */
export const SERIES: readonly TapSeries[] = ['probe-split', 'training-step'];

/** `1,000 images of the probe split, evaluation mode`: said beside every number. */
export function seriesName(on: TapSeries): string {
  return on === 'probe-split' ? 'probe split, evaluation mode' : 'training batches, training mode';
}
