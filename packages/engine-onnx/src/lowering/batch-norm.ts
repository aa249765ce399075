import type { Shape } from '@reluctant/core';
import type { GraphBuilder, Value } from '../onnx/graph-builder.js';
import type { Emission } from './emission.js';
import type { Activation, Lowered, NodeOf, Strategy } from './strategy.js';

interface Moments {
  readonly mean: Value;
  readonly variance: Value;
}

/** γ·(x − mean)/√(variance + ε) + β per channel (Ioffe & Szegedy 2015, algorithm 1). */
export const plainBatchNorm: Strategy<'batchNorm'> = {
  name: 'plain',
  fits: () => true,
  emit: (node, [input], emission) => emitBatchNorm(node, input, emission, plainChannels(emission.builder, node.shape)),
};

/** Reductions over everything but the channels, and their way back. */
export interface PerChannel {
  sum(value: Value): Value;
  mean(value: Value): Value;
  /** [C] as a shape that broadcasts against the activation. */
  spread(value: Value): Value;
  /** scale·value + shift, with a number for every channel. */
  affine(value: Value, scale: Value, shift: Value): Value;
}

/** Batch normalisation by elementwise operators and whatever reductions a layout has. */
export function emitBatchNorm(
  node: NodeOf<'batchNorm'>,
  input: Activation,
  emission: Emission,
  channel: PerChannel,
): Lowered {
  const { builder } = emission;
  const { epsilon, gamma: gammaName, beta: betaName, movingMean, movingVariance } = node.operation;
  const channels = node.shape.at(-1)!;
  const training = emission.mode === 'training';
  const mean = training ? channel.mean(input.value) : emission.parameter(movingMean);
  const centred = builder.sub(input.value, channel.spread(mean));
  const variance = training ? channel.mean(builder.mul(centred, centred)) : emission.parameter(movingVariance);
  if (training) updateMovingStatistics(emission, node, { mean, variance });

  const deviation = builder.op('Sqrt', [builder.add(variance, builder.scalar(epsilon))]);
  const inverseDeviation = builder.div(builder.scalar(1), deviation);
  const scale =
    gammaName === undefined ? inverseDeviation : builder.mul(emission.parameter(gammaName), inverseDeviation);
  const shift = betaName === undefined ? builder.zeros([channels]) : emission.parameter(betaName);
  return {
    output: channel.affine(centred, scale, shift),
    backward: (gradient) => {
      const gradientTimesCentred = builder.mul(gradient, centred);
      const scaled = builder.mul(gradient, channel.spread(scale));
      return {
        inputs: [training ? builder.sub(scaled, throughMoments()) : scaled],
        parameters: {
          ...(gammaName !== undefined && {
            [gammaName]: builder.mul(channel.sum(gradientTimesCentred), inverseDeviation),
          }),
          ...(betaName !== undefined && { [betaName]: channel.sum(gradient) }),
        },
      };

      // What reaches the input by way of the batch's mean and variance: scale·(E[dy] + x̂·E[dy·x̂]), x̂ the normalised input.
      function throughMoments(): Value {
        const covariance = channel.mean(gradientTimesCentred);
        const slope = builder.mul(builder.mul(scale, covariance), builder.mul(inverseDeviation, inverseDeviation));
        const offset = builder.mul(scale, channel.mean(gradient));
        return builder.add(builder.mul(centred, channel.spread(slope)), channel.spread(offset));
      }
    },
  };
}

function plainChannels(builder: GraphBuilder, shape: Shape): PerChannel {
  const map = shape.length === 3;
  const axes = map ? [0, 2, 3] : [0];
  const channels = shape.at(-1)!;
  return {
    sum: (value) => builder.reduce('ReduceSum', value, axes),
    mean: (value) => builder.reduce('ReduceMean', value, axes),
    spread: (value) => (map ? builder.reshape(value, [1, shape[2], 1, 1]) : value),
    // With a mean of 0 and a variance of 1 the operator does nothing else, in one pass.
    affine: (value, scale, shift) =>
      builder.op('BatchNormalization', [value, scale, shift, builder.zeros([channels]), builder.ones([channels])], {
        epsilon: { float: 0 },
      }),
  };
}

/** moving ← momentum·moving + (1 − momentum)·batch */
export function updateMovingStatistics(emission: Emission, node: NodeOf<'batchNorm'>, batch: Moments): void {
  const { builder } = emission;
  const { momentum, movingMean, movingVariance } = node.operation;
  const average = (old: Value, now: Value) =>
    builder.add(builder.mul(builder.scalar(momentum), old), builder.mul(builder.scalar(1 - momentum), now));
  emission.assign(movingMean, average(emission.parameter(movingMean), batch.mean));
  emission.assign(movingVariance, average(emission.parameter(movingVariance), batch.variance));
}
