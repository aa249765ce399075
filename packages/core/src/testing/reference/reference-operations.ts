import { drawDropoutMask } from '../../engine/draw-dropout-mask.js';
import type { GraphNode, Padding } from '../../graph/graph.js';

/** A tensor of one batch in tfjs's layout, [batch, H, W, C] or [batch, F], in float64. */
export interface Reference {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export type ReferenceParameters = Readonly<Record<string, Reference>>;

/** `evaluation`, or training with what dropout masks derive from. */
export type ReferenceMode = 'evaluation' | { readonly seed: number; readonly step: number };

/** Forward pass of one operation, written for plainness: what engines are checked against. */
export function referenceForward(
  node: GraphNode,
  inputs: readonly Reference[],
  parameters: ReferenceParameters,
  mode: ReferenceMode = { seed: 0, step: 0 },
): Reference {
  const { operation } = node;
  const [x] = inputs;
  const shape = [x.shape[0], ...node.shape];
  switch (operation.op) {
    case 'input':
      return x;
    case 'conv2d': {
      const kernel = parameters[operation.kernel];
      const bias = operation.bias === undefined ? undefined : parameters[operation.bias];
      const [height, width, channels, filters] = kernel.shape;
      return build(shape, ([n, row, column, out]) => {
        let sum = bias?.data[out] ?? 0;
        for (let i = 0; i < height; i++) {
          for (let j = 0; j < width; j++) {
            const y = row * operation.strides[0] + i * operation.dilation[0] - operation.padding.top;
            const z = column * operation.strides[1] + j * operation.dilation[1] - operation.padding.left;
            if (pixel(x, n, y, z, 0) === undefined) continue;
            // Written out, because this is where all the time goes.
            const from = ((n * x.shape[1] + y) * x.shape[2] + z) * channels;
            const weights = (i * width + j) * channels * filters + out;
            for (let c = 0; c < channels; c++) sum += x.data[from + c] * kernel.data[weights + c * filters];
          }
        }
        return sum;
      });
    }
    case 'dense': {
      const kernel = parameters[operation.kernel];
      const bias = operation.bias === undefined ? undefined : parameters[operation.bias];
      return build(shape, ([n, out]) => {
        let sum = bias?.data[out] ?? 0;
        for (let i = 0; i < kernel.shape[0]; i++) sum += at(x, [n, i]) * at(kernel, [i, out]);
        return sum;
      });
    }
    case 'batchNorm': {
      const channels = node.shape.at(-1)!;
      const moments = Array.from({ length: channels }, (_, c) =>
        mode === 'evaluation'
          ? { mean: parameters[operation.movingMean].data[c], variance: parameters[operation.movingVariance].data[c] }
          : channelMoments(x, c),
      );
      const gamma = operation.gamma === undefined ? undefined : parameters[operation.gamma].data;
      const beta = operation.beta === undefined ? undefined : parameters[operation.beta].data;
      return build(shape, (index) => {
        const c = index.at(-1)!;
        const normalised = (at(x, index) - moments[c].mean) / Math.sqrt(moments[c].variance + operation.epsilon);
        return normalised * (gamma?.[c] ?? 1) + (beta?.[c] ?? 0);
      });
    }
    case 'relu':
      return { shape, data: x.data.map((value) => Math.min(Math.max(value, 0), operation.max ?? Infinity)) };
    case 'leakyRelu':
      return { shape, data: x.data.map((value) => (value > 0 ? value : operation.alpha * value)) };
    case 'leak': {
      const slopes = parameters[operation.slope].data;
      const [, y] = inputs;
      return { shape, data: y.data.map((value, i) => value + slopes[i % slopes.length] * Math.min(x.data[i], 0)) };
    }
    case 'sigmoid':
      return { shape, data: x.data.map((value) => 1 / (1 + Math.exp(-value))) };
    case 'tanh':
      return { shape, data: x.data.map(Math.tanh) };
    case 'maxPool':
      return build(shape, (index) => Math.max(...windowPixels(x, index, operation)));
    case 'averagePool':
      return build(shape, (index) => average(windowPixels(x, index, operation)));
    case 'globalAveragePool':
      return build(shape, ([n, c]) => {
        const [, height, width] = x.shape;
        return average(windowPixels(x, [n, 0, 0, c], { size: [height, width], strides: [1, 1], padding: noPadding }));
      });
    case 'add':
      return { shape, data: x.data.map((_, i) => inputs.reduce((sum, input) => sum + input.data[i], 0)) };
    case 'concatenate':
      return build(shape, (index) => {
        let channel = index.at(-1)!;
        const source = inputs.find((input) => {
          if (channel < input.shape.at(-1)!) return true;
          channel -= input.shape.at(-1)!;
          return false;
        })!;
        return at(source, [...index.slice(0, -1), channel]);
      });
    case 'flatten':
      return { shape, data: x.data };
    case 'zeroPad':
      return build(shape, ([n, row, column, c]) => {
        return pixel(x, n, row - operation.padding.top, column - operation.padding.left, c) ?? 0;
      });
    case 'padChannels':
      return build(shape, (index) => {
        const channel = index.at(-1)! - operation.before;
        return channel >= 0 && channel < x.shape.at(-1)! ? at(x, [...index.slice(0, -1), channel]) : 0;
      });
    case 'dropout': {
      if (mode === 'evaluation') return x;
      const mask = drawDropoutMask(node.name, { ...mode, length: x.data.length, rate: operation.rate });
      return { shape, data: x.data.map((value, i) => value * mask[i]) };
    }
  }
}

/** Mean and biased variance of one channel (the last axis) over everything else. */
export function channelMoments({ shape, data }: Reference, channel: number): { mean: number; variance: number } {
  const channels = shape.at(-1)!;
  const values = data.filter((_, i) => i % channels === channel);
  const mean = average(values);
  return { mean, variance: average(values.map((value) => (value - mean) ** 2)) };
}

export const noPadding: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

interface Windows {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: Padding;
}

/** The pixels of a pooling window that lie inside the map, in row-major order. */
export function windowPixels(
  x: Reference,
  [n, row, column, c]: readonly number[],
  { size, strides, padding }: Windows,
): number[] {
  const pixels: number[] = [];
  for (let i = 0; i < size[0]; i++) {
    for (let j = 0; j < size[1]; j++) {
      const value = pixel(x, n, row * strides[0] + i - padding.top, column * strides[1] + j - padding.left, c);
      if (value !== undefined) pixels.push(value);
    }
  }
  return pixels;
}

function pixel(x: Reference, n: number, row: number, column: number, c: number): number | undefined {
  const [, height, width] = x.shape;
  return row >= 0 && row < height && column >= 0 && column < width ? at(x, [n, row, column, c]) : undefined;
}

function at({ shape, data }: Reference, index: readonly number[]): number {
  return data[index.reduce((offset, i, axis) => offset * shape[axis] + i, 0)];
}

function build(shape: readonly number[], valueAt: (index: readonly number[]) => number): Reference {
  const data = new Float64Array(shape.reduce((product, size) => product * size, 1));
  const index = shape.map(() => 0);
  for (let i = 0; i < data.length; i++) {
    data[i] = valueAt(index);
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) index[axis] = 0;
  }
  return { shape, data };
}

function average(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
