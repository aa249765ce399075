import { dormantScores } from '../measurement/dormant-scores.js';
import { activationProbabilities, perElement } from '../measurement/moments.js';
import type { Reading } from '../probe/probe.js';
import type { TapSample } from '../probe/tap.js';
import { isConstant } from './is-constant.js';
import { silentSteps } from './silent-steps.js';
import type { UnitFlags } from './unit-definitions.js';

/** Thresholds of the definitions that have one. */
export interface FlagOptions {
  /** Nearly dead: Pr[y>0] below this. */
  readonly epsilon: number;
  /** Dormant: score up to this. */
  readonly tau: number;
  /** Silent: in this many training steps at least. By default those of the last training window. */
  readonly window?: number;
}

/** What a record holds of one measurement at one site. */
export interface SiteRecord {
  /** The activations on the probe split, in evaluation mode. */
  readonly activation: TapSample;
  /** The site's activations on the training batches, up to this measurement, in order. */
  readonly training: readonly TapSample[];
  /** What probes said at this measurement; flags of other probes are taken from here. */
  readonly readings: readonly Reading[];
}

/**
 * Which units of a site each definition flags at one measurement. All but the last three derive from the same recorded counters:
 *
 * - `never-fired`: no element above zero on the probe split.
 * - `nearly-dead`: Pr[y>0] < ε there; includes the former.
 * - `dormant`: score E|h_i| / (mean_k E|h_k| + 1e-9) ≤ τ there (Sokar et al. 2023, arXiv 2302.12902).
 * - `silent`: fired in none of the last W training steps, step − lastFiredStep ≥ W; see `silentSteps` for what a record knows of it.
 * - `constant`: the same output for every input of the probe split; see `isConstant`. Includes those that never fired.
 * - `certified-dead`: `certifiedDead` of the probe of that name on the probe split: provably never fires for any input in the input range.
 * - `gradient-dead`: `gradientDead` of the probe `gradient` on the training batches: no gradient reached its pre-activation.
 *
 * What the record can't judge is left out, and so is a definition without its ε or τ.
 */
export function flagUnits(record: SiteRecord, { epsilon, tau, window }: Partial<FlagOptions>): UnitFlags {
  const { values, elements, step } = record.activation;
  const { fired, sumAbs } = values;
  const silent = silentSteps(record.training, step);
  const constant = isConstant(record.activation);
  const certified = flagsFrom(record, 'certified-dead', 'certifiedDead', 'probe-split');
  const gradient = flagsFrom(record, 'gradient', 'gradientDead', 'training-step');
  return {
    ...(fired && {
      'never-fired': Array.from(fired, (count) => count === 0),
    }),
    ...(fired &&
      epsilon !== undefined && {
        'nearly-dead': activationProbabilities(fired, elements).map((pr) => pr < epsilon),
      }),
    ...(sumAbs &&
      tau !== undefined && { dormant: dormantScores(perElement(sumAbs, elements)).map((score) => score <= tau) }),
    ...(silent && { silent: silent.steps.map((steps) => steps >= (window ?? silent.window)) }),
    ...(constant && { constant }),
    ...(certified && { 'certified-dead': certified }),
    ...(gradient && { 'gradient-dead': gradient }),
  };
}

function flagsFrom(
  { readings, activation }: SiteRecord,
  probe: string,
  measure: string,
  on: Reading['on'],
): readonly boolean[] | undefined {
  const reading = readings.findLast(
    (candidate) =>
      candidate.probe === probe &&
      candidate.on === on &&
      candidate.site === activation.site &&
      candidate.step === activation.step,
  );
  return reading?.units[measure]?.map((flag) => flag === 1);
}
