import { Random } from '@reluctant/core';
import { hasZeroBiases, type FullyConnected, type InputSet } from './fully-connected.js';

export type Point = readonly number[];

/** Input sets that are lists of points. */
type ListedInputs = Exclude<InputSet, { readonly kind: 'orthant' }>;

/** The points of a set, those of a normal sample drawn by the stream (seed, 'born-dead', 'inputs'). */
export function inputPoints(inputs: ListedInputs, dimension: number, seed: number): readonly Point[] {
  switch (inputs.kind) {
    case 'point':
      return [inputs.at];
    case 'grid':
      return product(axis(inputs), dimension);
    case 'normal': {
      const random = new Random(seed, 'born-dead', 'inputs');
      return Array.from({ length: inputs.points }, () => Array.from({ length: dimension }, () => random.normal()));
    }
  }
}

/** Mixed from both ends, so that a grid that is symmetric about zero is so to the last bit and holds zero itself. */
function axis({ from, to, points }: { readonly from: number; readonly to: number; readonly points: number }): Point {
  if (points === 1) return [from];
  return Array.from({ length: points }, (_, i) => (from * (points - 1 - i) + to * i) / (points - 1));
}

function product(coordinates: Point, dimension: number): readonly Point[] {
  let points: readonly Point[] = [[]];
  for (let axis = 0; axis < dimension; axis++) {
    points = points.flatMap((point) => coordinates.map((coordinate) => [...point, coordinate]));
  }
  return points;
}

/**
 * Fewer points on which the same units fire. Without biases a unit fires on x where it fires on c·x for any c > 0, and on zero
 * never: one point of each ray from the origin tells all. With biases, every point counts, and no two of a normal sample in
 * several dimensions lie on one ray.
 */
export function tellingPoints(network: FullyConnected, points: readonly Point[]): readonly Point[] {
  const onOwnRays = network.inputs.kind === 'normal' && network.inputDimension > 1;
  if (onOwnRays || !hasZeroBiases(network)) return points;
  const rays = new Map<string, Point>();
  for (const point of points) {
    const length = Math.max(...point.map(Math.abs));
    if (length === 0) continue;
    const direction = point.map((coordinate) => coordinate / length);
    rays.set(direction.join(), direction);
  }
  return [...rays.values()];
}

/**
 * For what the answers hold: for the listed inputs, for the whole orthant, or for every input there is. The last is so in one
 * dimension without biases, where an input of each sign stands for the whole line.
 */
export function reachOf(network: FullyConnected, points: readonly Point[]): 'these-inputs' | 'orthant' | 'every-input' {
  if (network.inputs.kind === 'orthant') return 'orthant';
  const line = network.inputDimension === 1 && hasZeroBiases(network);
  return line && tellingPoints(network, points).length === 2 ? 'every-input' : 'these-inputs';
}
