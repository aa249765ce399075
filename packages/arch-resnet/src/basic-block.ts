import { PadChannels, type InitializerFactory } from '@reluctant/core';
import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { ResnetPlan } from './resnet-plan.js';

/** What all blocks of a network share. */
export interface BlockStyle {
  readonly shortcut: ResnetPlan['shortcut'];
  readonly skips: boolean;
  readonly batchNorm: boolean;
  readonly initializers: InitializerFactory;
}

interface Convolution {
  /** Prefix of the layers' names, e.g. `stage1_block1_`. */
  readonly prefix: string;
  /** Number at the end of the layers' names, where there are several. */
  readonly number?: 1 | 2;
  readonly filters: number;
  readonly kernelSize: 1 | 3;
  readonly strides: 1 | 2;
}

/** Applies a layer that has one input and one output. */
export function apply(layer: InstanceType<typeof layers.Layer>, x: SymbolicTensor | SymbolicTensor[]): SymbolicTensor {
  return layer.apply(x) as SymbolicTensor;
}

/** Convolution, then batch normalisation where the style asks for it. */
export function convolve(x: SymbolicTensor, style: BlockStyle, convolution: Convolution): SymbolicTensor {
  const { prefix, number = '', filters, kernelSize, strides } = convolution;
  // `same` padding of a strided 3×3 convolution is one-sided on even maps and would centre its windows one pixel off
  // those that the shortcut samples.
  const padded =
    strides === 2 && kernelSize === 3
      ? apply(layers.zeroPadding2d({ padding: 1, name: `${prefix}pad${number}` }), x)
      : x;
  const name = `${prefix}conv${number}`;
  const convolved = apply(
    layers.conv2d({
      name,
      filters,
      kernelSize,
      strides,
      padding: strides === 2 ? 'valid' : 'same',
      useBias: !style.batchNorm,
      ...style.initializers.layer(name),
    }),
    padded,
  );
  if (!style.batchNorm) return convolved;
  return apply(layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5, name: `${prefix}bn${number}` }), convolved);
}

/** Two 3×3 convolutions, the shortcut added before the second ReLU (He et al. 2016, figure 2). */
export function basicBlock(
  x: SymbolicTensor,
  style: BlockStyle,
  { prefix, filters, strides }: Pick<Convolution, 'prefix' | 'filters' | 'strides'>,
): SymbolicTensor {
  const first = convolve(x, style, { prefix, number: 1, filters, kernelSize: 3, strides });
  const inner = apply(layers.reLU({ name: `${prefix}relu1` }), first);
  const second = convolve(inner, style, { prefix, number: 2, filters, kernelSize: 3, strides: 1 });
  const sum = style.skips
    ? apply(layers.add({ name: `${prefix}add` }), [second, shortcut(x, style, { prefix, filters, strides })])
    : second;
  return apply(layers.reLU({ name: `${prefix}relu2` }), sum);
}

function shortcut(
  x: SymbolicTensor,
  style: BlockStyle,
  { prefix, filters, strides }: Pick<Convolution, 'prefix' | 'filters' | 'strides'>,
): SymbolicTensor {
  const channels = x.shape.at(-1)!;
  if (strides === 1 && channels === filters) return x;
  if (style.shortcut === 'projection') {
    return convolve(x, style, { prefix: `${prefix}shortcut_`, filters, kernelSize: 1, strides });
  }
  const sampled = apply(layers.averagePooling2d({ poolSize: 1, strides, name: `${prefix}shortcut_pool` }), x);
  const before = Math.floor((filters - channels) / 2);
  const after = filters - channels - before;
  return apply(new PadChannels({ before, after, name: `${prefix}shortcut_pad` }), sampled);
}
