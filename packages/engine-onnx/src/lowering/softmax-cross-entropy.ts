import type { GraphBuilder, Value } from '../onnx/graph-builder.js';

export interface EmittedLoss {
  /** Loss of every image, [batch]. */
  readonly losses: Value;
  /** 1 for every image whose largest logit (the first of equals) is the label's and none is NaN, [batch]. */
  readonly correct: Value;
  /** Gradient of the mean loss with respect to the logits, [batch, classes]. */
  readonly gradient: Value;
}

/**
 * Softmax cross-entropy against the label with weight 1 − smoothing and every class with smoothing/classes
 * (Szegedy et al. 2016, section 7). Taken from log-softmax, which subtracts the largest logit, so that it neither
 * overflows nor takes the logarithm of 0.
 *
 * @param logits [batch, classes]
 * @param labels int32, [batch]
 */
export function emitSoftmaxCrossEntropy(
  builder: GraphBuilder,
  logits: Value,
  labels: Value,
  of: { readonly batch: number; readonly classes: number; readonly labelSmoothing: number },
): EmittedLoss {
  const { batch, classes, labelSmoothing } = of;
  const indices = builder.toInt64(labels);
  const logProbabilities = builder.op('LogSoftmax', [logits], { axis: 1 });
  const ofLabel = builder.reshape(
    builder.op('GatherElements', [logProbabilities, builder.reshape(indices, [batch, 1])], { axis: 1 }),
    [batch],
  );
  const likelihood =
    labelSmoothing === 0
      ? ofLabel
      : builder.add(
          builder.mul(ofLabel, builder.scalar(1 - labelSmoothing)),
          builder.mul(builder.reduce('ReduceMean', logProbabilities, [1]), builder.scalar(labelSmoothing)),
        );
  const everyClass = labelSmoothing / classes;
  const targets = builder.op('OneHot', [
    indices,
    builder.integers(classes),
    builder.tensor(Float32Array.of(everyClass, 1 - labelSmoothing + everyClass), [2]),
  ]);
  const answered = builder.indicator('Equal', builder.op('ArgMax', [logits], { axis: 1, keepdims: 0 }), indices);
  // A NaN equals nothing, itself included; what ArgMax makes of it is not defined.
  const numbers = builder.reduce('ReduceMin', builder.indicator('Equal', logits, logits), [1]);
  return {
    losses: builder.op('Neg', [likelihood]),
    correct: builder.mul(answered, numbers),
    gradient: builder.mul(builder.sub(builder.op('Exp', [logProbabilities]), targets), builder.scalar(1 / batch)),
  };
}
