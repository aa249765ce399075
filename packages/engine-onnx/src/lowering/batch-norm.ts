import type { Shape } from '@reluctant/core';
import type { GraphBuilder, Value } from '../onnx/graph-builder.js';
import type { Emission } from './emission.js';
import type { NodeOf, Strategy } from './strategy.js';

interface Moments {
  readonly mean: Value;
  readonly variance: Value;
}

/** γ·(x − mean)/√(variance + ε) + β per channel (Ioffe & Szegedy 2015, algorithm 1). */
export const plainBatchNorm: Strategy<'batchNorm'> = {
  name: 'plain',
  fits: () => true,
  emit(node, [input], emission) {
    const { builder } = emission;
    const { epsilon, gamma: gammaName, beta: betaName, movingMean, movingVariance } = node.operation;
    const moving = { mean: emission.parameter(movingMean), variance: emission.parameter(movingVariance) };
    const channels = node.shape.at(-1)!;
    const constant = (value: number) => builder.tensor(new Float32Array(channels).fill(value), [channels]);
    const gamma = gammaName === undefined ? constant(1) : emission.parameter(gammaName);
    const beta = betaName === undefined ? constant(0) : emission.parameter(betaName);

    const channel = perChannel(builder, node.shape);
    const training = emission.mode === 'training';
    const mean = training ? channel.mean(input.value) : moving.mean;
    const centred = builder.sub(input.value, channel.spread(mean));
    const variance = training ? channel.mean(builder.mul(centred, centred)) : moving.variance;
    if (training) updateMovingStatistics(emission, node, { mean, variance });

    // The operator folds mean and scale into one offset, which costs digits where the mean is large against the deviation;
    // in training the centred values are there anyway, with a mean of 0.
    const operands = training ? [centred, gamma, beta, constant(0)] : [input.value, gamma, beta, mean];
    return {
      output: builder.op('BatchNormalization', [...operands, variance], { epsilon: { float: epsilon } }),
      backward: (gradient) => {
        const inverseDeviation = builder.div(
          builder.scalar(1),
          builder.op('Sqrt', [builder.add(variance, builder.scalar(epsilon))]),
        );
        const gradientTimesCentred = builder.mul(gradient, centred);
        const scale = builder.mul(gamma, inverseDeviation);
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
  },
};

/** Reductions over everything but the channels, and their way back. */
interface PerChannel {
  sum(value: Value): Value;
  mean(value: Value): Value;
  /** [C] as a shape that broadcasts against the activation. */
  spread(value: Value): Value;
}

function perChannel(builder: GraphBuilder, shape: Shape): PerChannel {
  const map = shape.length === 3;
  const axes = map ? [0, 2, 3] : [0];
  return {
    sum: (value) => builder.reduce('ReduceSum', value, axes),
    mean: (value) => builder.reduce('ReduceMean', value, axes),
    spread: (value) => (map ? builder.reshape(value, [1, shape[2], 1, 1]) : value),
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
