import { ReluctantError } from '@reluctant/core';

/** Writes dy/dt at (`time`, `state`) into `slope`. */
export type Derivative = (time: number, state: Float64Array, slope: Float64Array) => void;

export interface Tolerances {
  /** Of each component, in proportion to its size. */
  readonly relative: number;
  readonly absolute: number;
}

/** An accepted step, with the solution everywhere within it. */
export interface DenseStep {
  readonly start: number;
  readonly end: number;
  /** The solution at a time between `start` and `end`, of order 4; exactly the step's own results at both ends. */
  stateAt(time: number): Float64Array;
}

// Dormand & Prince 1980, with the dense output of Hairer, Nørsett & Wanner 1993, section II.6 (there due to Shampine 1986).
const NODES = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
const STAGES = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
/** Weights of order 5 less those of order 4. */
const ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];
const DENSE = [
  -12715105075 / 11282082432,
  0,
  87487479700 / 32700410799,
  -10690763975 / 1880347072,
  701980252875 / 199316789632,
  -1453857185 / 822651844,
  69997945 / 29380423,
];

const SAFETY = 0.9;
const LARGEST_GROWTH = 5;
const SMALLEST_GROWTH = 0.2;
const FIRST_STEP = 1e-4;
const MAX_STEPS = 1e7;

/**
 * Steps of the solution of dy/dt = f(t, y) from `start` on, by the explicit Runge–Kutta method of order 5(4) of Dormand and Prince
 * with adaptive step size. The last step ends at `end` (Infinity: never); a caller who has seen enough stops asking.
 *
 * @throws ReluctantError `RUN_DIVERGED` where the step size vanishes or the solution is no longer finite
 */
export function* dormandPrince(
  derivative: Derivative,
  start: { readonly time: number; readonly state: Float64Array },
  end: number,
  tolerances: Tolerances,
): Generator<DenseStep, void, undefined> {
  const size = start.state.length;
  let time = start.time;
  let state: Float64Array = Float64Array.from(start.state);
  let firstSlope: Float64Array = new Float64Array(size);
  derivative(time, state, firstSlope);
  let step = FIRST_STEP;
  for (let accepted = 0; time < end;) {
    if (!(time + step > time)) {
      throw new ReluctantError('RUN_DIVERGED', `The differential equation can't be integrated beyond ${time}.`);
    }
    step = Math.min(step, end - time);
    const slopes = [firstSlope];
    let next = state;
    for (let stage = 1; stage < STAGES.length; stage++) {
      next = combine(state, slopes, STAGES[stage], step);
      const slope = new Float64Array(size);
      derivative(time + NODES[stage] * step, next, slope);
      slopes.push(slope);
    }
    const error = errorNorm(state, next, combine(new Float64Array(size), slopes, ERROR, step), tolerances);
    if (error <= 1) {
      yield denseStep(time, step, end, state, next, slopes);
      time = step === end - time ? end : time + step;
      state = next;
      firstSlope = slopes[6];
      if (++accepted > MAX_STEPS) {
        throw new ReluctantError(
          'RUN_DIVERGED',
          `More than ${MAX_STEPS} steps were needed to integrate up to ${time}.`,
        );
      }
    }
    // Not finite: the step went too far.
    const growth = Number.isFinite(error) ? SAFETY * error ** -0.2 : SMALLEST_GROWTH;
    step *= Math.min(LARGEST_GROWTH, Math.max(SMALLEST_GROWTH, growth));
  }
}

/** base + step · Σ weightⱼ slopeⱼ. */
function combine(
  base: Float64Array,
  slopes: readonly Float64Array[],
  weights: readonly number[],
  step: number,
): Float64Array {
  const sum = new Float64Array(base.length);
  for (let i = 0; i < sum.length; i++) {
    let slope = 0;
    for (let j = 0; j < weights.length; j++) slope += weights[j] * slopes[j][i];
    sum[i] = base[i] + step * slope;
  }
  return sum;
}

/** Root mean square of the estimated errors, each over what is tolerated of it. */
function errorNorm(
  before: Float64Array,
  after: Float64Array,
  errors: Float64Array,
  { relative, absolute }: Tolerances,
): number {
  let sum = 0;
  for (let i = 0; i < errors.length; i++) {
    const tolerated = absolute + relative * Math.max(Math.abs(before[i]), Math.abs(after[i]));
    sum += (errors[i] / tolerated) ** 2;
  }
  return Math.sqrt(sum / errors.length);
}

function denseStep(
  start: number,
  step: number,
  end: number,
  before: Float64Array,
  after: Float64Array,
  slopes: readonly Float64Array[],
): DenseStep {
  return {
    start,
    end: step === end - start ? end : start + step,
    stateAt(time) {
      const theta = (time - start) / step;
      if (theta >= 1) return Float64Array.from(after);
      const rest = 1 - theta;
      const curvature = combine(new Float64Array(before.length), slopes, DENSE, step);
      return before.map((value, i) => {
        const change = after[i] - value;
        const initial = step * slopes[0][i] - change;
        const final = change - step * slopes[6][i] - initial;
        return value + theta * (change + rest * (initial + theta * (final + rest * curvature[i])));
      });
    },
  };
}
