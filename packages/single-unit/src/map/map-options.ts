import { z } from 'zod';
import { unitOptionsShape } from '../model/unit-options.js';

const count = z.int().positive();
const positive = z.number().positive();
const { teacher, rule, leak, stepSize, noise, inputs } = unitOptionsShape;

/** Planes of starting weights, by their axes. */
export const PLANES = ['norm-overlap', 'norm-threshold'] as const;

export const mapOptionsSchema = z
  .strictObject({
    plane: z
      .enum(PLANES)
      .default('norm-overlap')
      .describe(
        'What the first weights are mapped by. norm-overlap: |w| and the cosine of the angle to the teacher, at one bias. ' +
          'norm-threshold: |w| and a = b/|w|, at one overlap',
      ),
    teacher: teacher.describe('What the unit is to learn, from white inputs of mean 0 and variance 1, with a bias'),
    rule,
    leak,
    startBias: z.number().default(0).describe('b at the start, in the plane norm-overlap'),
    startOverlap: z.number().min(-1).max(1).default(-0.5).describe('Cosine at the start, in the plane norm-threshold'),
    smallestNorm: positive.default(0.2).describe('|w| from here …'),
    largestNorm: positive.default(4).describe('… to here'),
    thresholds: z
      .tuple([z.number(), z.number()])
      .default([-2, 2])
      .describe('a from the first to the second, in the plane norm-threshold'),
    columns: count.min(2).max(100).default(30).describe('Places along |w|'),
    rows: count.min(2).max(100).default(25).describe('Places along the other axis'),
    trajectories: count.max(50).default(8).describe('Trajectories that are drawn, from places all over the plane'),
    horizon: positive.default(300).describe('μk at which Pr[y>0] is mapped: no death is for ever'),
    deadBelow: positive.max(1).default(0.001).describe('ε: a unit with Pr[y>0] < ε at the horizon counts as dead'),
    inputs: inputs.describe('L, the number of inputs of the simulation; the mean field is the same for any'),
    stepSize: stepSize.describe('μ of the simulation; the map is that of small steps'),
    noise: noise.describe('Standard deviation of the noise on the desired signal, in the simulation'),
    trials: z
      .int()
      .nonnegative()
      .default(200)
      .describe('Trials of the simulation at each of some places along the middle column; 0: none'),
    confidence: z.number().gt(0).lt(1).default(0.99).describe('Two-sided confidence of all bands'),
  })
  .superRefine(({ smallestNorm, largestNorm, thresholds, trials }, context) => {
    const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (largestNorm <= smallestNorm) issue('largestNorm', `It must exceed smallestNorm, ${smallestNorm}.`);
    if (thresholds[1] <= thresholds[0]) issue('thresholds', 'The second must exceed the first.');
    if (trials === 1) issue('trials', 'One trial has no band: take 0 or at least 2.');
  });
export type MapOptions = z.output<typeof mapOptionsSchema>;
