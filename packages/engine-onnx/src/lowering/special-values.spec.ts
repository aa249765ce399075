import type { GraphNode, Operation, Shape } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { noPadding, type Reference } from '@reluctant/core/testing';
import { runOperation } from '../testing/run-operation.js';

const node = (operation: Operation, shape: Shape): GraphNode => ({
  name: 'node',
  layer: 'node',
  operation,
  inputs: ['in'],
  shape,
});
const reference = (shape: readonly number[], values: readonly number[]): Reference => ({
  shape,
  data: Float64Array.from(values),
});
const ones = (length: number) => new Float64Array(length).fill(1);

describe('rectifiers at their kinks', () => {
  it.each([
    [{ op: 'relu' }, [0, 0, 0, 1, 1]],
    [{ op: 'relu', max: 6 }, [0, 0, 0, 1, 0]],
    [{ op: 'leakyRelu', alpha: 0.25 }, [0.25, 0.25, 0.25, 1, 1]],
  ] as const)('%j has the derivative of the flat side', async (operation, expected) => {
    const inputs = [reference([1, 5], [-1, -0, 0, 1e-40, 6])];
    const { inputGradients } = await runOperation(node(operation, [5]), inputs, {}, ones(5));
    expect([...inputGradients[0]]).toEqual(expected);
  });
});

describe('max pooling', () => {
  const pool = (size: [number, number], strides: [number, number]) =>
    ({ op: 'maxPool', size, strides, padding: noPadding }) as const;

  it('hands the gradient to the first of equal maxima', async () => {
    const inputs = [reference([1, 2, 4, 1], [0, 3, 1, 1, 3, 3, 1, 1])];
    const gradient = Float64Array.of(5, 7);
    const { inputGradients } = await runOperation(node(pool([2, 2], [2, 2]), [1, 2, 1]), inputs, {}, gradient);
    expect([...inputGradients[0]]).toEqual([0, 5, 7, 0, 0, 0, 0, 0]);
  });

  it('adds up the gradients of overlapping windows', async () => {
    const inputs = [reference([1, 3, 3, 1], [0, 0, 0, 0, 9, 0, 0, 0, 0])];
    const gradient = Float64Array.of(1, 2, 3, 4);
    const { inputGradients } = await runOperation(node(pool([2, 2], [1, 1]), [2, 2, 1]), inputs, {}, gradient);
    expect([...inputGradients[0]]).toEqual([0, 0, 0, 0, 10, 0, 0, 0, 0]);
  });

  it('survives windows without a maximum', async () => {
    const inputs = [reference([2, 2, 2, 1], [NaN, NaN, NaN, NaN, 1, 2, 3, 4])];
    const { inputGradients } = await runOperation(
      node(pool([2, 2], [2, 2]), [1, 1, 1]),
      inputs,
      {},
      Float64Array.of(NaN, 1),
    );
    expect([...inputGradients[0].slice(4)]).toEqual([0, 0, 0, 1]);
  });
});

describe('batch normalisation', () => {
  const operation: Operation = {
    op: 'batchNorm',
    gamma: 'gamma',
    beta: 'beta',
    movingMean: 'mean',
    movingVariance: 'variance',
    epsilon: 0,
    momentum: 0.75,
  };
  const parameters = {
    gamma: reference([1], [2]),
    beta: reference([1], [0.5]),
    mean: reference([1], [1]),
    variance: reference([1], [4]),
  };

  it('normalises by the moving statistics in evaluation mode, and leaves them alone', async () => {
    const inputs = [reference([2, 1], [3, -1])];
    const result = await runOperation(node(operation, [1]), inputs, parameters, ones(2), { mode: 'evaluation' });
    expect([...result.output]).toEqual([2.5, -1.5]);
    expect(result.assigned).toEqual({});
    expect([...result.inputGradients[0]]).toEqual([1, 1]);
  });

  it('moves the statistics towards the mean and biased variance of the batch', async () => {
    const inputs = [reference([4, 1], [1, 3, 5, 7])];
    const { assigned } = await runOperation(node(operation, [1]), inputs, parameters, ones(4));
    expect([...assigned.mean]).toEqual([0.75 * 1 + 0.25 * 4]);
    expect([...assigned.variance]).toEqual([0.75 * 4 + 0.25 * 5]);
  });

  it('keeps its digits where the mean is large against the deviation', async () => {
    const inputs = [reference([4, 1], [10001, 10003, 10005, 10007])];
    const { output } = await runOperation(node(operation, [1]), inputs, parameters, ones(4));
    [-3, -1, 1, 3].forEach((centred, i) => expect(output[i]).toBeCloseTo((2 * centred) / Math.sqrt(5) + 0.5, 5));
  });
});
