import type { Random } from '@reluctant/core';
import { z } from 'zod';

const finite = z.number();

/** Where the unit starts. Variances are those of one weight; L is the number of inputs. */
export const initializationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('he') }).describe('Gaussian weights of variance 2/L, zero bias (He et al. 2015)'),
  z
    .strictObject({ kind: z.literal('xavier') })
    .describe('Gaussian weights of variance 2/(L + 1), zero bias (Glorot & Bengio 2010)'),
  z
    .strictObject({ kind: z.literal('lecun') })
    .describe('Gaussian weights of variance 1/L, zero bias (LeCun et al. 1998)'),
  z
    .strictObject({
      kind: z.literal('gaussian'),
      deviation: finite.positive().default(0.01).describe('Standard deviation of a weight'),
    })
    .describe('Gaussian weights of a chosen standard deviation, zero bias'),
  z
    .strictObject({
      kind: z.literal('positive-bias'),
      bias: finite.positive().default(1).describe('Initial bias'),
    })
    .describe('Weights as in `he`, with a positive bias, so that the unit starts active on most inputs'),
  z
    .strictObject({ kind: z.literal('randomized-asymmetric') })
    .describe('[w, b] Gaussian of deviation 0.6007/√L, then one random entry from Beta(2, 1) (Lu et al. 2019)'),
  z
    .strictObject({
      kind: z.literal('fixed'),
      norm: finite.nonnegative().default(1).describe('|w|'),
      overlap: finite.min(-1).max(1).default(0).describe("Cosine of the angle between w and the teacher's direction"),
      bias: finite.default(0).describe('Initial bias'),
    })
    .describe('The same weights in every trial, by their length and their angle to the teacher'),
  z
    .strictObject({
      kind: z.literal('weights'),
      weights: z.array(finite).describe('w, one number per input'),
      bias: finite.default(0).describe('Initial bias'),
    })
    .describe('The same weights in every trial'),
]);
export type InitializationOptions = z.infer<typeof initializationSchema>;

/** Starts to compare, each once; by default the common ones, and three by which fewer units die. */
export const initializationsSchema = z
  .array(initializationSchema)
  .min(1)
  .refine((list) => new Set(list.map(initializationName)).size === list.length, 'Every initialization once.')
  .default([
    { kind: 'he' },
    { kind: 'xavier' },
    { kind: 'lecun' },
    { kind: 'gaussian', deviation: 0.01 },
    { kind: 'positive-bias', bias: 1 },
    { kind: 'randomized-asymmetric' },
  ]);

/** Sets the weights (in place; all of them) and returns the bias. */
export type Initialization = (weights: Float64Array, random: Random) => number;

/** Name of an initialisation, e.g. `he` or `gaussian σ=0.01`: groups its curves and seeds its trials. */
export function initializationName(options: InitializationOptions): string {
  switch (options.kind) {
    case 'gaussian':
      return `gaussian σ=${options.deviation}`;
    case 'positive-bias':
      return `positive-bias b=${options.bias}`;
    case 'fixed':
      return `fixed |w|=${options.norm} ρ=${options.overlap} b=${options.bias}`;
    case 'weights':
      return `w=(${options.weights.join(', ')}) b=${options.bias}`;
    default:
      return options.kind;
  }
}

/** Why a unit can't start so, for people; undefined where it can. */
export function initializationProblem(
  options: InitializationOptions,
  unit: { readonly inputs: number; readonly hasBias: boolean },
): string | undefined {
  if ('bias' in options && options.bias !== 0 && !unit.hasBias) {
    return 'It sets a bias, and the unit has none: set "bias: true", or take another.';
  }
  if (options.kind === 'fixed' && unit.inputs === 1 && Math.abs(options.overlap) < 1) {
    return 'With a single input its overlap is 1 or -1.';
  }
  if (options.kind === 'weights' && options.weights.length !== unit.inputs) {
    return `It needs one weight for each of the ${unit.inputs} inputs, not ${options.weights.length}.`;
  }
  return undefined;
}

/**
 * Standard deviation of weights that are all drawn from one normal distribution, so that they are distributed alike in every
 * direction; undefined for other initialisations.
 */
export function weightDeviation(options: InitializationOptions, inputs: number): number | undefined {
  switch (options.kind) {
    case 'he':
    case 'positive-bias':
      return Math.sqrt(2 / inputs);
    case 'xavier':
      return Math.sqrt(2 / (inputs + 1));
    case 'lecun':
      return Math.sqrt(1 / inputs);
    case 'gaussian':
      return options.deviation;
    default:
      return undefined;
  }
}

/**
 * @param options without an `initializationProblem`
 * @param direction the teacher's direction, a unit vector of one component per input
 * @param hasBias whether the unit has a bias; without one the bias returned is 0
 */
export function initialization(
  options: InitializationOptions,
  direction: Float64Array,
  hasBias: boolean,
): Initialization {
  switch (options.kind) {
    case 'he':
    case 'xavier':
    case 'lecun':
    case 'gaussian':
    case 'positive-bias':
      return gaussian(weightDeviation(options, direction.length)!, initialBias(options));
    case 'randomized-asymmetric':
      return randomizedAsymmetric(hasBias);
    case 'fixed':
      return fixed(options.norm, options.overlap, options.bias, direction);
    case 'weights':
      return (weights) => {
        weights.set(options.weights);
        return options.bias;
      };
  }
}

/** The bias that all trials start with; `randomized-asymmetric` draws another. */
export function initialBias(options: InitializationOptions): number {
  return 'bias' in options ? options.bias : 0;
}

function gaussian(deviation: number, bias: number): Initialization {
  return (weights, random) => {
    for (let i = 0; i < weights.length; i++) weights[i] = deviation * random.normal();
    return bias;
  };
}

/** Lu, Shin, Su & Karniadakis 2019, arXiv 1903.06733, section 4. Beta(2, 1) has the distribution function x². */
function randomizedAsymmetric(hasBias: boolean): Initialization {
  return (weights, random) => {
    const deviation = 0.6007 / Math.sqrt(weights.length);
    for (let i = 0; i < weights.length; i++) weights[i] = deviation * random.normal();
    const bias = hasBias ? deviation * random.normal() : 0;
    const chosen = random.integer(weights.length + (hasBias ? 1 : 0));
    const asymmetric = Math.sqrt(random.uniform());
    if (chosen === weights.length) return asymmetric;
    weights[chosen] = asymmetric;
    return bias;
  };
}

function fixed(norm: number, overlap: number, bias: number, direction: Float64Array): Initialization {
  const across = orthogonal(direction);
  const sine = Math.sqrt((1 - overlap) * (1 + overlap));
  return (weights) => {
    for (let i = 0; i < weights.length; i++) weights[i] = norm * (overlap * direction[i] + sine * across[i]);
    return bias;
  };
}

/** A unit vector orthogonal to `direction`: what is left of the axis that it leans to least. Zero in one dimension. */
function orthogonal(direction: Float64Array): Float64Array {
  const sizes = direction.map(Math.abs);
  const axis = sizes.indexOf(Math.min(...sizes));
  const rest = direction.map((component, i) => (i === axis ? 1 : 0) - direction[axis] * component);
  const norm = Math.hypot(...rest);
  return norm > 0 ? rest.map((component) => component / norm) : rest;
}
