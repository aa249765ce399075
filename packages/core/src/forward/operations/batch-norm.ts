import * as tf from '@tensorflow/tfjs-core';
import type { ForwardContext, Kernel } from './kernel.js';

/**
 * Batch normalisation over the last axis (Ioffe & Szegedy 2015). In training, the batch's biased variance both normalises and
 * enters the moving statistics: moving ← momentum·moving + (1 − momentum)·batch.
 */
export const batchNorm: Kernel<'batchNorm'> = ([x], operation, _node, context) => {
  const { mean, variance } = context.training ? batchStatistics(x) : movingStatistics(operation, context);
  if (context.training) {
    moveTowards(operation.movingMean, mean, operation.momentum, context);
    moveTowards(operation.movingVariance, variance, operation.momentum, context);
  }
  const inverseDeviation = tf.rsqrt(tf.add(variance, operation.epsilon));
  const scale =
    operation.gamma === undefined ? inverseDeviation : tf.mul(inverseDeviation, context.parameter(operation.gamma));
  const scaled = tf.mul(tf.sub(x, mean), scale);
  return operation.beta === undefined ? scaled : tf.add(scaled, context.parameter(operation.beta));
};

function batchStatistics(x: tf.Tensor) {
  const axes = x.shape.slice(1).map((_, axis) => axis);
  const mean = tf.mean(x, axes);
  return { mean, variance: tf.mean(tf.square(tf.sub(x, mean)), axes) };
}

function movingStatistics(operation: Parameters<typeof batchNorm>[1], context: ForwardContext) {
  return { mean: context.parameter(operation.movingMean), variance: context.parameter(operation.movingVariance) };
}

function moveTowards(name: string, batch: tf.Tensor, momentum: number, context: ForwardContext): void {
  const moved = tf.add(tf.mul(context.parameter(name), momentum), tf.mul(batch, 1 - momentum));
  context.updateMovingStatistic(name, moved);
}
