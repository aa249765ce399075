import type { TrainedUnit } from '../theory/evolution/trained-unit.js';
import reference from './reference-trajectories.json' with { type: 'json' };

type Scenario = (typeof reference.scenarios)[number];
export type ReferencePoint = Scenario['points'][number];

/** A trajectory of `reference-trajectories.json` and what it is of. */
export interface ReferenceTrajectory {
  readonly id: string;
  readonly unit: TrainedUnit;
  readonly start: Float64Array;
  readonly grid: readonly number[];
  readonly points: readonly ReferencePoint[];
}

export const REFERENCE_TRAJECTORIES: readonly ReferenceTrajectory[] = reference.scenarios.map((scenario) => ({
  id: scenario.id,
  unit: {
    input: {
      size: scenario.mean.length,
      mean: Float64Array.from(scenario.mean),
      covariance: Float64Array.from(scenario.covariance),
    },
    teacher: {
      kind: scenario.teacher as 'relu' | 'linear' | 'zero',
      weights: Float64Array.from(scenario.teacherWeights),
    },
    rule: { kind: 'backprop', leak: 0 },
    noise: scenario.noise,
    hasBias: scenario.hasBias,
    stepSize: scenario.stepSize,
    batchSize: 1,
    momentum: 0,
    weightDecay: 0,
  },
  start: Float64Array.from(scenario.start),
  grid: scenario.points.map(({ step }) => step),
  points: scenario.points,
}));

/** The trajectory with this id, such as S5, the unit that dies although it could learn its teacher. */
export function referenceTrajectory(id: string): ReferenceTrajectory {
  const trajectory = REFERENCE_TRAJECTORIES.find((candidate) => candidate.id === id);
  if (!trajectory) throw new Error(`There is no reference trajectory ${id}.`);
  return trajectory;
}
