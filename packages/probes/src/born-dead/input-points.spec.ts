import { describe, expect, it } from 'vitest';
import { fullyConnectedSchema, type FullyConnected, type InputSet } from './fully-connected.js';
import { inputPoints, reachOf, tellingPoints } from './input-points.js';

const network = (inputs: InputSet, more: object = {}): FullyConnected =>
  fullyConnectedSchema.parse({ hidden: [2], initializer: { kind: 'he-normal' }, inputs, ...more });
const grid = (from: number, to: number, points: number) => ({ kind: 'grid', from, to, points }) as const;

describe('inputPoints', () => {
  it('spaces a grid equally, its ends and middle exact', () => {
    const points = inputPoints(grid(-Math.sqrt(3), Math.sqrt(3), 21), 1, 1);
    expect(points).toHaveLength(21);
    expect([points[0], points[10], points[20]]).toEqual([[-Math.sqrt(3)], [0], [Math.sqrt(3)]]);
    expect(points[15][0]).toBeCloseTo(Math.sqrt(3) / 2, 14);
    expect(points[5][0]).toBe(-points[15][0]);
    expect(inputPoints(grid(7, 9, 1), 1, 1)).toEqual([[7]]);
  });

  it('combines the coordinates of all axes', () => {
    expect(inputPoints(grid(0, 1, 2), 2, 1)).toEqual([[0, 0], [0, 1], [1, 0], [1, 1]]); // prettier-ignore
  });

  it('draws a normal sample by the seed alone', () => {
    const sample = (seed: number) => inputPoints({ kind: 'normal', points: 4000 }, 2, seed);
    expect(sample(1)).toEqual(sample(1));
    expect(sample(1)).not.toEqual(sample(2));
    const values = sample(1).flat();
    expect(Math.abs(values.reduce((sum, x) => sum + x, 0) / 8000)).toBeLessThan(4 / Math.sqrt(8000));
    expect(Math.abs(values.reduce((sum, x) => sum + x * x, 0) / 8000 - 1)).toBeLessThan(4 * Math.sqrt(2 / 8000));
  });
});

describe('tellingPoints', () => {
  const of = (inputs: Exclude<InputSet, { kind: 'orthant' }>, more: { inputDimension?: number; bias?: unknown } = {}) =>
    tellingPoints(network(inputs, more), inputPoints(inputs, more.inputDimension ?? 1, 1));

  it('leaves one point of each ray, and no origin, where there are no biases', () => {
    expect(of(grid(-1.5, 1.5, 21))).toEqual([[-1], [1]]);
    expect(of(grid(1, 9, 5))).toEqual([[1]]);
    expect(of({ kind: 'point', at: [0] })).toEqual([]);
    expect(of(grid(-1, 1, 3), { inputDimension: 2 })).toHaveLength(8);
  });

  it('leaves all of them where there are biases', () => {
    expect(of(grid(-1.5, 1.5, 21), { bias: { sigma: 0.1 } })).toHaveLength(21);
    expect(of(grid(-1.5, 1.5, 21), { bias: { constant: -0.1 } })).toHaveLength(21);
  });
});

it.each([
  [grid(-1, 2, 4), {}, 'every-input'],
  [grid(1, 2, 4), {}, 'these-inputs'],
  [grid(-1, 2, 4), { bias: { constant: 0.1 } }, 'these-inputs'],
  [grid(-1, 2, 4), { inputDimension: 2 }, 'these-inputs'],
  [{ kind: 'normal', points: 50 } as const, {}, 'every-input'],
] as const)('what is found on %j (%j) holds for %s', (inputs, more, reach) => {
  const dimension = (more as { inputDimension?: number }).inputDimension ?? 1;
  expect(reachOf(network(inputs, more), inputPoints(inputs, dimension, 1))).toBe(reach);
});

it('what is found on the orthant holds for it', () => {
  expect(reachOf(network({ kind: 'orthant' }), [])).toBe('orthant');
});
