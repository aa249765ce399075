import { UNIT_DEFINITIONS } from '@reluctant/core';

/** What a rule can count: what definitions flag at the last measurement, and what befell units up to it. */
export const COUNTS = [...UNIT_DEFINITIONS, 'born-dead', 'died', 'revived', 'dead'] as const;
/** Numbers of units, or of transitions of units, by layer. */
export type CountMeasure = (typeof COUNTS)[number];

export const PROBABILITIES = ['pr', 'pr-min'] as const;
/** Of Pr[y>0] over the units of a layer: the mean, and the least. */
export type ProbabilityMeasure = (typeof PROBABILITIES)[number];

export const RESULTS = ['accuracy', 'loss', 'train-accuracy', 'train-loss'] as const;
/** Of the network as a whole: on the test split, and over the last completed epoch's training batches. */
export type ResultMeasure = (typeof RESULTS)[number];

export type MeasureName = CountMeasure | ProbabilityMeasure | ResultMeasure;
export const MEASURES: readonly MeasureName[] = [...COUNTS, ...PROBABILITIES, ...RESULTS];

export const isCount = (name: MeasureName): name is CountMeasure => (COUNTS as readonly string[]).includes(name);
export const isResult = (name: MeasureName): name is ResultMeasure => (RESULTS as readonly string[]).includes(name);

/** Counted on training batches; the other counts are of the probe split. */
export const isOfTraining = (name: MeasureName): boolean => name === 'silent' || name === 'gradient-dead';

/** Transitions, of which a unit may have several; every other count has at most one for each unit. */
export const isTransition = (name: MeasureName): boolean => name === 'died' || name === 'revived';

/** The greatest value that a measure can take; of counts as a share of the units. */
export function greatest(name: MeasureName): number {
  return isTransition(name) || name === 'loss' || name === 'train-loss' ? Infinity : 1;
}

/** What has to be recorded for a measure. */
export const NEEDS: Readonly<Record<MeasureName, string>> = {
  'never-fired': 'the probe dead-units',
  'nearly-dead': 'the probe dead-units',
  dormant: 'the probe dormant',
  silent: 'the probe activation-probability with its option training',
  constant: 'the probe activation-stats',
  'certified-dead': 'the probe certified-dead',
  'gradient-dead': 'the probe gradient, which says of units whether they are gradientDead',
  'born-dead': 'the probe unit-lifecycle',
  died: 'the probe unit-lifecycle',
  revived: 'the probe unit-lifecycle',
  dead: 'the probe unit-lifecycle',
  pr: 'the probe activation-probability',
  'pr-min': 'the probe activation-probability',
  accuracy: 'a test of the network',
  loss: 'a test of the network',
  'train-accuracy': 'a completed epoch',
  'train-loss': 'a completed epoch',
};
