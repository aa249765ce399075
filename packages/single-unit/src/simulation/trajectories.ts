import { normalQuantile, ReluctantError, wilsonInterval, type SimulationSeries } from '@reluctant/core';
import { RunningMoments } from '../numerics/running-moments.js';
import { activationProbability, overlap, weightNorm } from './measures.js';
import type { SingleUnit, UnitModel } from './single-unit.js';

/** Up to this many inputs every weight has its own curve. */
const FEW_INPUTS = 4;

/** Length of [w, b] at which a trial counts as diverged: nothing that learns comes near it, and squares are still finite. */
const DIVERGED = 1e9;

interface Measure {
  readonly name: string;
  of(unit: SingleUnit): number;
  /** Least and greatest value that it can have, where there are such. A band of its mean is cut there. */
  readonly range?: Range;
}

type Range = readonly [least: number, greatest: number];

export interface TrajectoryOptions {
  /** Numbers of updates at which units are recorded, increasing from 0. */
  readonly grid: readonly number[];
  /** Name of the curves' group. */
  readonly group: string;
  /** ε: a unit with Pr[y>0] < ε counts as dead. */
  readonly deadBelow: number;
  /** Two-sided confidence of all bands, in (0, 1). */
  readonly confidence: number;
}

/** Gathers the curves of many trials of one unit, in memory that doesn't grow with their number. */
export class Trajectories {
  private readonly measures: readonly Measure[];
  private readonly moments: readonly RunningMoments[];
  private readonly errors: RunningMoments;
  private readonly dead: Float64Array;
  private trials = 0;

  /** @param model of the units that will be recorded: it decides which curves there are */
  constructor(
    model: UnitModel,
    private readonly options: TrajectoryOptions,
  ) {
    const points = options.grid.length;
    this.measures = measuresOf(model);
    this.moments = this.measures.map(() => new RunningMoments(points));
    this.errors = new RunningMoments(points);
    this.dead = new Float64Array(points);
  }

  /**
   * Records a unit at a point of the grid. Trials come one after the other, each with all of its points in order.
   * @throws RUN_DIVERGED where the unit's weights have grown beyond all bounds
   */
  record(point: number, unit: SingleUnit): void {
    if (point === 0) this.trials++;
    if (!(Math.hypot(weightNorm(unit), unit.bias) < DIVERGED)) throw this.divergence(point);
    if (point > 0) this.errors.add(point, unit.takeSquaredError());
    this.measures.forEach((measure, i) => this.moments[i].add(point, measure.of(unit)));
    if (activationProbability(unit) < this.options.deadBelow) this.dead[point]++;
  }

  /** The curves so far. At least two trials are needed for bands of means. */
  series(): SimulationSeries[] {
    const [activation, ...components] = this.measures.map(({ name, range }, i) =>
      this.meanSeries(name, this.moments[i], { firstPoint: 0, of: 'the mean', range }),
    );
    const error = this.meanSeries('excess squared error', this.errors, {
      firstPoint: 1,
      of: 'the mean over the updates since the point before',
      range: [0, Infinity],
    });
    return [activation, this.deadSeries(), error, ...components];
  }

  private meanSeries(
    name: string,
    moments: RunningMoments,
    {
      firstPoint,
      of,
      range: [least, greatest] = [-Infinity, Infinity],
    }: { readonly firstPoint: number; readonly of: string; readonly range?: Range },
  ): SimulationSeries {
    const { grid, group, confidence } = this.options;
    const z = normalQuantile((1 + confidence) / 2);
    const points = grid.map((_, point) => point).slice(firstPoint);
    const margin = (point: number) => z * moments.standardError(point);
    return {
      name,
      group,
      axis: { label: 'updates', values: grid.slice(firstPoint) },
      mean: points.map((point) => moments.mean(point)),
      lower: points.map((point) => Math.max(least, moments.mean(point) - margin(point))),
      upper: points.map((point) => Math.min(greatest, moments.mean(point) + margin(point))),
      band: `${percent(confidence)} % confidence of ${of}`,
      trials: this.trials,
    };
  }

  private deadSeries(): SimulationSeries {
    const { grid, group, confidence, deadBelow } = this.options;
    const shares = Array.from(this.dead, (dead) => dead / this.trials);
    const intervals = shares.map((share) => wilsonInterval(share, this.trials, confidence));
    return {
      name: `share of trials with Pr[y>0] < ${deadBelow}`,
      group,
      axis: { label: 'updates', values: [...grid] },
      mean: shares,
      lower: intervals.map(({ lower }) => lower),
      upper: intervals.map(({ upper }) => upper),
      band: `${percent(confidence)} % confidence of the share (Wilson)`,
      trials: this.trials,
    };
  }

  private divergence(point: number): ReluctantError {
    const { group, grid } = this.options;
    return new ReluctantError(
      'RUN_DIVERGED',
      `The weights of trial ${this.trials - 1} of "${group}" have grown beyond ${DIVERGED} after ${grid[point]} updates. Choose a smaller stepSize.`,
    );
  }
}

function measuresOf({ teacher, hasBias }: UnitModel): Measure[] {
  const measures: Measure[] = [
    { name: 'Pr[y>0]', of: activationProbability, range: [0, 1] },
    { name: '|w|', of: weightNorm, range: [0, Infinity] },
  ];
  if (teacher.kind !== 'zero') measures.push({ name: 'overlap with the teacher', of: overlap, range: [-1, 1] });
  if (hasBias) measures.push({ name: 'b', of: ({ bias }) => bias });
  if (teacher.weights.length <= FEW_INPUTS) {
    teacher.weights.forEach((_, i) => measures.push({ name: `w[${i}]`, of: ({ weights }) => weights[i] }));
  }
  return measures;
}

const percent = (share: number) => Number((100 * share).toPrecision(12));
