import {
  forward,
  isGradient,
  leakOf,
  preactivationOf,
  tapStatistics,
  type Batch,
  type ForwardContext,
  type GraphNode,
  type Hyperparameters,
  type Network,
  type NetworkGraph,
  type Operation,
  type OperationName,
  type Tap,
  type TapTensors,
  type TrainingPlan,
} from '@reluctant/core';
import * as tf from '@tensorflow/tfjs-core';
import { batchTensors } from './batch-tensors.js';
import { softmaxCrossEntropy } from './softmax-cross-entropy.js';
import type { TensorState } from './tensor-state.js';

/** Everything that one training batch tells before the update. */
export interface TrainingPass {
  readonly loss: tf.Tensor;
  readonly logits: tf.Tensor;
  readonly taps: readonly TapTensors[];
  /** Loss gradient of each trainable parameter. */
  readonly gradients: ReadonlyMap<string, tf.Tensor>;
  /** New values of the moving statistics. */
  readonly moved: ReadonlyMap<string, tf.Tensor>;
}

/** Forward and backward over one batch in training mode; changes nothing. Call inside `tf.tidy`. */
export function trainingPass(
  network: Network,
  plan: TrainingPlan,
  state: TensorState,
  batch: Batch,
  { step }: Hyperparameters,
): TrainingPass {
  const { graph } = network;
  const taps = plan.taps.filter((tap) => tap.on === 'training-step');
  const { images, targets } = batchTensors(graph, batch, plan.loss);
  const zeros = gradientZeros(network, taps, batch.size);
  const weights = graph.parameters.filter(({ trainable }) => trainable).map(({ name }) => name);
  const moved = new Map<string, tf.Tensor>();
  const outputs = new Map<string, tf.Tensor>();
  // What the host reads must outlive the scope in which tfjs differentiates.
  const kept: tf.Tensor[] = [];
  const keep = (tensor: tf.Tensor) => {
    kept.push(tf.keep(tensor));
    return tensor;
  };
  const context: ForwardContext = {
    training: true,
    seed: plan.seed,
    step,
    parameter: (name) => moved.get(name) ?? state.get(name),
    updateMovingStatistic: (name, value) => moved.set(name, keep(value)),
  };
  try {
    const loss = () => {
      const all = forward(graph, images, context, zeros);
      for (const { site } of taps) {
        for (const name of [site, preactivationOf(graph, site)]) outputs.set(name, keep(all.get(name)!));
      }
      outputs.set(graph.output, keep(all.get(graph.output)!));
      return softmaxCrossEntropy(outputs.get(graph.output)!, targets);
    };
    const { value, gradients } = differentiate(loss, [...weights.map((name) => state.get(name)), ...zeros.values()]);
    const siteGradients = new Map([...zeros.keys()].map((site, index) => [site, gradients[weights.length + index]]));
    return {
      loss: value,
      logits: tf.clone(outputs.get(graph.output)!),
      taps: taps.map((tap) => {
        const tapped = {
          activation: () => outputs.get(tap.site)!,
          preactivation: () => outputs.get(preactivationOf(graph, tap.site))!,
          gradient: () => siteGradients.get(tap.site)!,
          'preactivation-gradient': () =>
            passedOn(graph, tap.site, {
              gradient: siteGradients.get(tap.site)!,
              output: outputs.get(tap.site)!,
              input: outputs.get(preactivationOf(graph, tap.site))!,
              parameter: (name) => state.get(name),
            }),
        };
        return tapStatistics(tap, tapped[tap.at]());
      }),
      gradients: new Map(weights.map((name, index) => [name, gradients[index]])),
      moved: new Map([...moved].map(([name, tensor]) => [name, tf.clone(tensor)])),
    };
  } finally {
    for (const tensor of kept) tensor.dispose();
  }
}

/** A zero tensor an observed site, to be added to its output: the loss gradient there is the gradient with respect to it. */
function gradientZeros({ graph }: Network, taps: readonly Tap[], batchSize: number): ReadonlyMap<string, tf.Tensor> {
  const observed = new Set(taps.filter((tap) => isGradient(tap.at)).map((tap) => tap.site));
  return new Map(
    graph.nodes
      .filter(({ name }) => observed.has(name))
      .map(({ name, shape }) => [name, tf.zeros([batchSize, ...shape])]),
  );
}

interface Passing {
  /** With respect to the ReLU's output, and so to that of its leak too. */
  readonly gradient: tf.Tensor;
  readonly output: tf.Tensor;
  readonly input: tf.Tensor;
  parameter(name: string): tf.Tensor;
}

/** What a ReLU passes on of the gradient with respect to its output: nothing at the cap, and from 0 down what its leak lets through. */
function passedOn(graph: NetworkGraph, site: string, { gradient, output, input, parameter }: Passing): tf.Tensor {
  const { operation } = graph.nodes.find(({ name }) => name === site)! as NodeOf<'relu'>;
  const above = tf.greater(output, 0);
  const on = operation.max === undefined ? above : tf.logicalAnd(above, tf.less(output, operation.max));
  const passed = tf.where(on, gradient, tf.zerosLike(gradient));
  const leak = leakOf(graph, site) as NodeOf<'leak'> | undefined;
  if (!leak) return passed;
  const leaked = tf.mul(gradient, parameter(leak.operation.slope));
  return tf.where(tf.lessEqual(input, 0), leaked, passed);
}

type NodeOf<N extends OperationName> = GraphNode & { readonly operation: Extract<Operation, { op: N }> };

/** tfjs refuses to differentiate with respect to nothing, which is what a wholly frozen network asks for. */
function differentiate(loss: () => tf.Tensor, variables: tf.Tensor[]) {
  if (variables.length === 0) return { value: loss(), gradients: [] };
  const { value, grads } = tf.valueAndGrads(loss)(variables);
  return { value, gradients: grads };
}
