import { initializerSpecSchema, type InitializerSpec } from '@reluctant/core';
import { z } from 'zod';

const MOST_POINTS = 10_000;
/** Numbers in one array: of a layer's weights, and of its outputs on all points. */
const MOST_NUMBERS = 5e7;

/** The inputs on which units are looked at. */
export const inputSetSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('grid'),
      from: z.number().describe('first coordinate'),
      to: z.number().describe('last coordinate'),
      points: z.int().min(1).describe('points along each axis'),
    })
    .describe('equally spaced points along each axis, in all combinations'),
  z.strictObject({ kind: z.literal('point'), at: z.array(z.number()).min(1) }).describe('a single input'),
  z
    .strictObject({ kind: z.literal('normal'), points: z.int().min(1).max(MOST_POINTS) })
    .describe('a sample of standard normal inputs, the same for every network'),
  z.strictObject({ kind: z.literal('orthant') }).describe('every input without a negative coordinate'),
]);
export type InputSet = z.infer<typeof inputSetSchema>;

/** How biases are drawn where the initializer's constant shall not be: one constant, or independently from N(0, sigma²). */
export const biasSchema = z.union([
  z.strictObject({ constant: z.number() }),
  z.strictObject({ sigma: z.number().positive() }),
]);
export type BiasSpec = z.infer<typeof biasSchema>;

/**
 * A fully connected ReLU network at initialisation, and inputs to look at it with. L layers in the way of Lu et al. are L − 1
 * hidden ones; the output layer has no ReLU and is left out.
 */
export const fullyConnectedSchema = z
  .strictObject({
    inputDimension: z.int().min(1).max(100_000).default(1).describe('coordinates of an input'),
    hidden: z.array(z.int().min(1).max(100_000)).min(1).max(10_000).describe('units of each hidden layer'),
    initializer: initializerSpecSchema.describe('how weights are drawn'),
    bias: biasSchema.optional().describe("how biases are drawn; the initializer's constant where it is left out"),
    inputs: inputSetSchema.describe('the inputs on which units are looked at'),
  })
  .superRefine(({ inputDimension, hidden, initializer, bias, inputs }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (inputs.kind === 'point' && inputs.at.length !== inputDimension) {
      refuse('inputs', `The point has ${inputs.at.length} coordinates, and the inputs ${inputDimension}.`);
    }
    if (inputs.kind === 'grid' && pointsOf(inputs, inputDimension) > MOST_POINTS) {
      refuse(
        'inputs',
        `${inputs.points} points along each of ${inputDimension} axes are more than ${MOST_POINTS} in all; take a normal sample.`,
      );
    }
    if (inputs.kind === 'orthant' && hidden.length > 1) {
      refuse('inputs', 'What the whole orthant makes of a unit is known in the first hidden layer alone: two layers.');
    }
    const layers = [inputDimension, ...hidden];
    if (hidden.some((units, layer) => units * layers[layer] > MOST_NUMBERS)) {
      refuse('hidden', `A layer would have more than ${MOST_NUMBERS} weights.`);
    }
    if (pointsOf(inputs, inputDimension) * Math.max(...layers) > MOST_NUMBERS) {
      refuse('inputs', `A layer would have more than ${MOST_NUMBERS} values on all inputs together.`);
    }
    if (bias && initializer.kind === 'randomized-asymmetric') {
      refuse('bias', 'Randomized asymmetric initialisation draws weights and biases together; leave the bias out.');
    }
  });
export type FullyConnected = z.infer<typeof fullyConnectedSchema>;

function pointsOf(inputs: InputSet, dimension: number): number {
  if (inputs.kind === 'grid') return inputs.points ** dimension;
  return inputs.kind === 'normal' ? inputs.points : 1;
}

/** The biases of a network: one constant, independent normal ones, or drawn together with the weights. */
export function biasesOf({ initializer, bias }: FullyConnected): BiasSpec | 'with-weights' {
  if (initializer.kind === 'randomized-asymmetric') return 'with-weights';
  return bias ?? { constant: initializer.bias };
}

/** Whether every bias is zero, so that each layer is positively homogeneous: f(cx) = c·f(x) for c ≥ 0. */
export function hasZeroBiases(network: FullyConnected): boolean {
  const biases = biasesOf(network);
  return biases !== 'with-weights' && 'constant' in biases && biases.constant === 0;
}

/** Whether a unit's weights and bias are as likely as their negatives, whatever its inputs: it is off on any one input half the time. */
export function isSymmetric(network: FullyConnected): boolean {
  const biases = biasesOf(network);
  return biases !== 'with-weights' && ('sigma' in biases || biases.constant === 0);
}

/** Initializers whose weights are independent and normal, of whatever deviation. */
export function isNormal({ kind }: InitializerSpec): boolean {
  return kind === 'gaussian' || kind === 'he-normal' || kind === 'glorot-normal' || kind === 'lecun-normal';
}
