import type { NetworkGraph } from '../../graph/graph.js';
import type { Batch } from '../../dataset/dataset.js';
import type { NamedArrays } from '../../engine/named-arrays.js';
import {
  channelMoments,
  referenceForward,
  windowPixels,
  type Reference,
  type ReferenceMode,
} from './reference-operations.js';

/** Outputs of all nodes by name, [batch, ...shape] in float64. */
export type ReferenceOutputs = ReadonlyMap<string, Reference>;

/** Forward pass of a whole network. */
export function referenceNetwork(
  { nodes }: NetworkGraph,
  state: NamedArrays,
  { size, x }: Batch,
  mode: ReferenceMode,
): ReferenceOutputs {
  const parameters = Object.fromEntries(
    Object.entries(state).map(([name, { shape, data }]) => [name, { shape, data: Float64Array.from(data) }]),
  );
  const outputs = new Map<string, Reference>();
  for (const node of nodes) {
    const images = { shape: [size, ...node.shape], data: Float64Array.from(x) };
    const inputs = node.operation.op === 'input' ? [images] : node.inputs.map((name) => outputs.get(name)!);
    outputs.set(node.name, referenceForward(node, inputs, parameters, mode));
  }
  return outputs;
}

/** Mean over the images of −Σ target·log softmax, with the label's target 1 − smoothing and smoothing/classes for all. */
export function referenceLoss({ shape, data }: Reference, labels: Int32Array, smoothing: number): number {
  const [images, classes] = shape;
  let total = 0;
  labels.forEach((label, image) => {
    const logits = data.subarray(image * classes, (image + 1) * classes);
    const largest = Math.max(...logits);
    const logSum = largest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
    logits.forEach((logit, k) => {
      const target = smoothing / classes + (k === label ? 1 - smoothing : 0);
      total -= target * (logit - logSum);
    });
  });
  return total / images;
}

/**
 * How far the forward pass stays from where rounding decides what happens next, relative to the size of the values there: the
 * smallest distance of a rectifier's input from a kink, of a window's maximum from its runner-up, of the largest logit from the
 * next, of a sigmoid or tanh from saturation, and (a hundredth of) the smallest relative deviation of a normalised channel. Zeros, caps and empty channels that are exact by construction
 * (padding, dropped or rectified elements) are the same in every engine and don't count. 0 where the network has diverged.
 */
export function decisionMargin(graph: NetworkGraph, outputs: ReferenceOutputs, mode: ReferenceMode): number {
  const margins = graph.nodes.map(({ operation, inputs, shape, name }) => {
    if (operation.op === 'input') return Infinity;
    const x = outputs.get(inputs[0])!;
    const scale = x.data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
    switch (operation.op) {
      case 'relu': {
        const { max = Infinity } = operation;
        return smallest(x.data, (value) => Math.min(Math.abs(value), Math.abs(value - max)) || Infinity) / scale;
      }
      case 'leakyRelu':
        return smallest(x.data, (value) => Math.abs(value) || Infinity) / scale;
      case 'maxPool': {
        const [batch] = x.shape;
        const [rows, columns, channels] = shape;
        let margin = Infinity;
        for (let i = 0; i < batch * rows * columns * channels; i++) {
          const [c, rest] = [i % channels, Math.floor(i / channels)];
          const index = [Math.floor(rest / (rows * columns)), Math.floor(rest / columns) % rows, rest % columns, c];
          const [first, second = -Infinity] = windowPixels(x, index, operation).sort((a, b) => b - a);
          if (first !== 0 || second !== 0) margin = Math.min(margin, first - second);
        }
        return margin / scale;
      }
      case 'batchNorm': {
        if (mode === 'evaluation') return Infinity;
        const channels = Array.from({ length: x.shape.at(-1)! }, (_, c) => channelMoments(x, c));
        return smallest(channels, ({ mean, variance }) =>
          mean === 0 && variance === 0 ? Infinity : (AMPLIFICATION * Math.sqrt(variance)) / Math.max(1, Math.abs(mean)),
        );
      }
      case 'tanh':
        return smallest(outputs.get(name)!.data, (value) => 1 - Math.abs(value));
      case 'sigmoid':
        return smallest(outputs.get(name)!.data, (value) => Math.min(value, 1 - value));
      default:
        return name === graph.output ? marginOfLogits(outputs.get(name)!) : Infinity;
    }
  });
  const diverged = [...outputs.values()].some(({ data }) => data.some((value) => !(Math.abs(value) < LARGEST)));
  return diverged ? 0 : Math.min(...margins);
}

/** No activation of a network that has not diverged. */
const LARGEST = 1e6;

/** Normalisation divides rounding errors by the deviation, so a small one is worse than a kink as near. */
const AMPLIFICATION = 0.01;

function marginOfLogits({ shape, data }: Reference): number {
  const [images, classes] = shape;
  return smallest(
    Array.from({ length: images }, (_, image) => image),
    (image) => {
      const [first, second] = data
        .slice(image * classes, (image + 1) * classes)
        .sort()
        .reverse();
      return (first - second) / Math.max(1, Math.abs(first));
    },
  );
}

function smallest<T>(items: { forEach(visit: (item: T) => void): void }, of: (item: T) => number): number {
  let least = Infinity;
  items.forEach((item) => (least = Math.min(least, of(item))));
  return least;
}
