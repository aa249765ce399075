import { createHash } from 'node:crypto';
import type { Experiment } from '@reluctant/core';

/**
 * Name of the job that runs an experiment: a hash of all that bears on its result. What it is called does not, so that one experiment
 * that several questions of a study ask for is one job.
 */
export function jobId({ name: _, ...experiment }: Experiment): string {
  return createHash('sha256').update(canonicalJson(experiment)).digest('hex').slice(0, 16);
}

/** JSON with the keys of every object in order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
