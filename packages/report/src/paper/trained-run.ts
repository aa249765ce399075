import { ReluctantError, type RunReader } from '@reluctant/core';
import { finalState } from '../queries/final-state.js';
import { measurementsOf } from '../queries/measurements.js';
import { readRun, type RunRecord } from '../queries/run-record.js';
import { sitesOf } from '../queries/sites.js';
import type { CoursePoint, TrainedRun } from './study-results.js';

/** Reads what the findings need of a run that is completed or diverged. Throws `RUN_CORRUPT` where it lacks that, and the reader's own error. */
export async function readTrainedRun(reader: RunReader, job: string): Promise<TrainedRun> {
  return trainedRun(await readRun(reader), job);
}

/** The same of a record that was read. */
export function trainedRun(record: RunRecord, job: string): TrainedRun {
  const { manifest, status } = record;
  const sites = sitesOf(record);
  const counts = measurementsOf(record, 'dead-units', 'probe-split');
  const measured = measurementsOf(record, 'activation-probability', 'probe-split');
  const course = measured.flatMap(({ step, epoch, readings }): readonly CoursePoint[] => {
    const dead = counts.find((count) => count.step === step)?.readings;
    const activation = sites.flatMap(({ name }) => readings.get(name)?.layer['mean'] ?? []);
    const neverFired = sites.flatMap(({ name }) => dead?.get(name)?.layer['neverFired'] ?? []);
    // A measurement that a kill cut short has not all sites.
    const whole = activation.length === sites.length && neverFired.length === sites.length;
    return whole ? [{ epoch, activation, neverFired }] : [];
  });
  if (sites.length === 0 || course.length === 0) {
    throw new ReluctantError(
      'RUN_CORRUPT',
      `Run ${manifest.id} has no complete measurement by the probes activation-probability and dead-units on the probe split.`,
    );
  }
  return {
    job,
    seed: manifest.seed,
    status: status === 'completed' ? 'completed' : 'diverged',
    sites: sites.map(({ name, depth, units, skip }) => ({ name, depth, units, skip })),
    course,
    losses: record.epochs.map(({ epoch, trainLoss }) => ({ epoch, loss: trainLoss })),
    testAccuracy: finalState(record).testAccuracy,
    images: measured.at(-1)!.images,
  };
}
