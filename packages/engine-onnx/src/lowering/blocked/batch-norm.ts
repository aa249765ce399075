import type { Value } from '../../onnx/graph-builder.js';
import { updateMovingStatistics } from '../batch-norm.js';
import type { Emission } from '../emission.js';
import type { NodeOf, Strategy } from '../strategy.js';
import { affine, channelMean, channelMeanProduct } from './convolution.js';

/**
 * Batch normalisation (Ioffe & Szegedy 2015, algorithm 1) of blocked maps. Everything that scales and shifts channels is a depthwise
 * convolution, which takes a residual and a ReLU along for nothing.
 */
export const blockedBatchNorm: Strategy<'batchNorm'> = {
  name: 'blocked',
  fits: (_node, { block }, { inputs: [input] }) => block !== undefined && input.layout === 'blocked',
  layouts: { input: 'blocked', output: 'blocked' },
  emit(node, [input], emission) {
    const { builder, batch } = emission;
    const { gamma: gammaName, beta: betaName } = node.operation;
    const channels = node.shape[2];
    const { centred, variance } = emission.mode === 'training' ? batchMoments() : movingMoments();
    const inverseDeviation = builder.div(
      builder.scalar(1),
      builder.op('Sqrt', [builder.add(variance, builder.scalar(node.operation.epsilon))]),
    );
    const scale =
      gammaName === undefined ? inverseDeviation : builder.mul(emission.parameter(gammaName), inverseDeviation);
    const beta = betaName === undefined ? undefined : emission.parameter(betaName);
    return {
      output: affine(builder, centred, channels, scale, beta),
      backward(gradient) {
        const meanGradient = channelMean(builder, batch, node.shape, gradient);
        const covariance = channelMeanProduct(builder, batch, node.shape, centred, gradient);
        const elements = builder.scalar(batch * node.shape[0] * node.shape[1]);
        return {
          inputs: [
            emission.mode === 'training'
              ? throughMoments(gradient, meanGradient, covariance)
              : affine(builder, gradient, channels, scale),
          ],
          parameters: {
            ...(gammaName !== undefined && {
              [gammaName]: builder.mul(builder.mul(covariance, elements), inverseDeviation),
            }),
            ...(betaName !== undefined && { [betaName]: builder.mul(meanGradient, elements) }),
          },
        };
      },
    };

    function batchMoments(): { centred: Value; variance: Value } {
      const mean = channelMean(builder, batch, input.shape, input.value);
      const deviations = centre(emission, node, input.value, mean);
      // Of the centred values: Σx² − (Σx)² would lose digits where the mean is large against the deviation.
      const ofBatch = channelMeanProduct(builder, batch, input.shape, deviations, deviations);
      updateMovingStatistics(emission, node, { mean, variance: ofBatch });
      return { centred: deviations, variance: ofBatch };
    }

    function movingMoments(): { centred: Value; variance: Value } {
      const { movingMean, movingVariance } = node.operation;
      return {
        centred: centre(emission, node, input.value, emission.parameter(movingMean)),
        variance: emission.parameter(movingVariance),
      };
    }

    /** dx = a·(dy − E[dy]) − a·E[dy·c]/σ²·c with a = γ/σ and c the centred input, as two affine maps of which one adds the other. */
    function throughMoments(gradient: Value, meanGradient: Value, covariance: Value): Value {
      const slope = builder.op('Neg', [
        builder.mul(builder.mul(scale, covariance), builder.mul(inverseDeviation, inverseDeviation)),
      ]);
      const offset = builder.op('Neg', [builder.mul(scale, meanGradient)]);
      return builder.sum(affine(builder, centred, channels, slope, offset), affine(builder, gradient, channels, scale));
    }
  },
};

function centre({ builder }: Emission, node: NodeOf<'batchNorm'>, map: Value, mean: Value): Value {
  const channels = node.shape[2];
  const ones = builder.ones([channels]);
  return affine(builder, map, channels, ones, builder.op('Neg', [mean]));
}
