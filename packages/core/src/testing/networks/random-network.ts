import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { TrainingPlan } from '../../engine/engine.js';
import type { Network } from '../../graph/network.js';
import { PadChannels } from '../../graph/pad-channels.js';
import { writeParameters } from '../../graph/parameters.js';
import { readNetwork } from '../../graph/read-network.js';
import type { OptimizerSpec } from '../../optimizer/optimizer-spec.js';
import type { Random } from '../../random/random.js';
import { drawParameters } from '../fixtures/fixture-inputs.js';

/**
 * A small network with `parts` parts drawn from everything that a graph can hold: convolutions and pools of all sizes, strides,
 * dilations and paddings, batch normalisation, dense layers, every activation, skip connections, concatenations, padding, dropout,
 * layers and nested models called twice, frozen layers, layers without a bias, a final softmax. No parameter is at its default.
 * The tfjs backend has to be ready; the model is the caller's to dispose of.
 */
export function randomNetwork(random: Random, parts: number): Network {
  const network = readNetwork(new NetworkDrawing(random).model(parts));
  writeParameters(network, drawParameters(network, { seed: random.uint32() }));
  return network;
}

/**
 * An optimizer and loss drawn at random, without taps. Optimizers that divide by a root have an ε so large that a gradient of
 * nothing but rounding errors does not become a step.
 */
export function randomPlan(random: Random): Omit<TrainingPlan, 'taps'> {
  const { oneOf } = choices(random);
  const regularisation = { weightDecay: oneOf(0, 0.01, 0.1), decayOn: oneOf('kernels', 'all') };
  const epsilon = oneOf(0.1, 0.01);
  const moments = { beta1: oneOf(0, 0.9), beta2: oneOf(0.5, 0.99), epsilon };
  const optimizer = oneOf<OptimizerSpec>(
    { kind: 'sgd', ...regularisation },
    { kind: 'momentum', momentum: oneOf(0, 0.9), ...regularisation },
    { kind: 'nesterov', momentum: 0.9, ...regularisation },
    { kind: 'adam', ...moments, ...regularisation },
    { kind: 'adamw', ...moments, ...regularisation },
    { kind: 'rmsprop', rho: oneOf(0.5, 0.99), epsilon, ...regularisation },
  );
  return {
    optimizer,
    loss: { kind: 'softmax-cross-entropy', labelSmoothing: oneOf(0, 0.1, random.uniform()) },
    seed: random.uint32(),
  };
}

type Layer = layers.Layer;
type Part = (x: SymbolicTensor) => SymbolicTensor;

/** Beyond this, no part adds channels. */
const MOST_CHANNELS = 10;

class NetworkDrawing {
  private readonly drawn = new Map<string, number>();
  private readonly oneOf: Choices['oneOf'];
  private readonly chance: Choices['chance'];
  private readonly between: Choices['between'];

  constructor(random: Random) {
    ({ oneOf: this.oneOf, chance: this.chance, between: this.between } = choices(random));
  }

  model(parts: number) {
    const shape = this.chance(0.1)
      ? [this.between(1, 6)]
      : [this.between(1, 8), this.between(1, 8), this.between(1, 3)];
    const image = input({ name: 'image', shape });
    let x = image;
    for (let part = 0; part < parts; part++) x = this.part(x);
    return model({ inputs: image, outputs: this.head(x) });
  }

  private part(x: SymbolicTensor): SymbolicTensor {
    const anywhere: Part[] = [this.preserving, this.preserving, this.skip, this.fork, this.twice, this.nested];
    const widening: Part[] = [this.concatenation, this.padding];
    const shaping: Part[] = isMap(x) ? [this.convolution, this.convolution, this.pool, this.margin] : [this.dense];
    const fitting = [...anywhere, ...(channels(x) < MOST_CHANNELS ? widening : []), ...shaping];
    if (isMap(x) && this.chance(0.08)) return this.vector(x);
    return this.oneOf(...fitting)(x);
  }

  private head(x: SymbolicTensor): SymbolicTensor {
    const units = this.between(2, 5);
    const softmax = this.oneOf('none', 'none', 'fused', 'activation', 'layer');
    const options = {
      name: 'logits',
      useBias: this.chance(0.7),
      ...(softmax === 'fused' && { activation: 'softmax' as const }),
    };
    let logits: SymbolicTensor;
    if (isMap(x) && this.chance(0.3)) {
      // A convolution that sees the whole map leaves 1×1, which is flattened; a fused softmax must stay last.
      const convolved = apply(
        layers.conv2d({
          name: 'logits',
          useBias: options.useBias,
          filters: units,
          kernelSize: [x.shape[1]!, x.shape[2]!],
        }),
        x,
      );
      logits = apply(layers.flatten({ name: 'flat' }), convolved);
      if (softmax === 'fused') return apply(layers.softmax({ name: 'softmax' }), logits);
    } else {
      logits = apply(layers.dense({ ...options, units }), isMap(x) ? this.vector(x) : x);
    }
    if (softmax === 'activation') return apply(layers.activation({ name: 'softmax', activation: 'softmax' }), logits);
    return softmax === 'layer' ? apply(layers.softmax({ name: 'softmax' }), logits) : logits;
  }

  private readonly vector: Part = (x) => {
    const size = x.shape.slice(1).reduce<number>((product, extent) => product * extent!, 1);
    return apply(
      this.oneOf<() => Layer>(
        () => layers.flatten({ name: this.name('flat') }),
        () => layers.reshape({ name: this.name('reshape'), targetShape: [size] }),
        () => layers.globalAveragePooling2d({ name: this.name('average'), dataFormat: 'channelsLast' }),
      )(),
      x,
    );
  };

  private readonly convolution: Part = (x) => {
    const padding = this.oneOf('same', 'valid');
    const dilated = this.chance(0.2);
    const extents = [x.shape[1]!, x.shape[2]!].map((extent) => {
      const dilation = dilated ? this.between(1, 3) : 1;
      const room = padding === 'same' ? 4 : Math.min(4, Math.floor((extent - 1) / dilation) + 1);
      return { dilation, size: this.between(1, room), stride: dilated ? 1 : this.oneOf(1, 1, 2, 3) };
    });
    return this.activated(x, (activation) =>
      layers.conv2d({
        name: this.name('conv'),
        filters: this.oneOf(1, 2, 3, 4, 8, 16),
        kernelSize: pair(extents, 'size'),
        strides: pair(extents, 'stride'),
        dilationRate: pair(extents, 'dilation'),
        padding,
        ...this.weighted(),
        activation,
      }),
    );
  };

  private readonly dense: Part = (x) =>
    this.activated(x, (activation) =>
      layers.dense({ name: this.name('dense'), units: this.between(1, 8), ...this.weighted(), activation }),
    );

  private readonly pool: Part = (x) => {
    const padding = this.oneOf('same', 'valid');
    const extents = [x.shape[1]!, x.shape[2]!].map((extent) => ({
      size: this.between(1, Math.min(3, extent)),
      stride: this.between(1, 3),
    }));
    const options = { poolSize: pair(extents, 'size'), strides: pair(extents, 'stride'), padding } as const;
    return apply(
      this.chance(0.6)
        ? layers.maxPooling2d({ name: this.name('max'), ...options })
        : layers.averagePooling2d({ name: this.name('mean'), ...options }),
      x,
    );
  };

  private readonly margin: Part = (x) => {
    const [top, bottom, left, right] = Array.from({ length: 4 }, () => this.between(0, 2));
    const padding: [[number, number], [number, number]] = [
      [top, bottom],
      [left, right],
    ];
    return apply(layers.zeroPadding2d({ name: this.name('margin'), padding }), x);
  };

  private readonly padding: Part = (x) =>
    apply(new PadChannels({ name: this.name('pad'), before: this.between(0, 2), after: this.between(0, 2) }), x);

  /** A part whose output has the shape of its input. */
  private readonly preserving: Part = (x) => apply(this.preservingLayer(x), x);

  private readonly skip: Part = (x) =>
    apply(layers.add({ name: this.name('add') }), x, this.preserving(this.preserving(x)));

  /** A node that three others take. */
  private readonly fork: Part = (x) =>
    apply(layers.add({ name: this.name('add') }), this.preserving(x), x, this.preserving(x));

  private readonly concatenation: Part = (x) =>
    apply(
      layers.concatenate({ name: this.name('join') }),
      ...this.oneOf([x, this.preserving(x)], [this.preserving(x), x, x]),
    );

  /** One layer, or one layer and one activation, called twice. */
  private readonly twice: Part = (x) => {
    const layer = this.preservingLayer(x);
    const between = this.preservingLayer(x);
    const once = apply(between, apply(layer, x));
    return this.chance(0.5) ? apply(between, apply(layer, once)) : apply(layer, once);
  };

  private readonly nested: Part = (x) => {
    const inside = input({ name: this.name('inside'), shape: x.shape.slice(1) as number[] });
    const block = model({ name: this.name('block'), inputs: inside, outputs: this.preserving(this.skip(inside)) });
    const once = block.apply(x) as SymbolicTensor;
    return this.chance(0.4) ? (block.apply(once) as SymbolicTensor) : once;
  };

  private preservingLayer(x: SymbolicTensor): Layer {
    return this.oneOf<() => Layer>(
      () => this.weightedLayer(x),
      () => this.weightedLayer(x),
      () =>
        layers.batchNormalization({
          name: this.name('bn'),
          scale: this.chance(0.8),
          center: this.chance(0.8),
          momentum: this.oneOf(0, 0.5, 0.9, 0.99),
          epsilon: this.oneOf(1e-3, 1e-2),
          trainable: this.chance(0.9),
        }),
      () => this.activation(),
      () => this.activation(),
      () => layers.dropout({ name: this.name('drop'), rate: this.oneOf(0, 0.1, 0.5, 0.8) }),
    )();
  }

  private weightedLayer(x: SymbolicTensor): Layer {
    const activation = this.chance(0.3) ? this.oneOf('relu', 'relu6', 'tanh') : undefined;
    if (!isMap(x))
      return layers.dense({ name: this.name('dense'), units: channels(x), ...this.weighted(), activation });
    const size = () => this.between(1, 3);
    return layers.conv2d({
      name: this.name('conv'),
      filters: channels(x),
      kernelSize: [size(), size()],
      padding: 'same',
      ...this.weighted(),
      activation,
    });
  }

  private activation(): Layer {
    return this.oneOf<() => Layer>(
      () => layers.reLU({ name: this.name('relu') }),
      () => layers.reLU({ name: this.name('relu') }),
      () => layers.reLU({ name: this.name('clipped'), maxValue: this.oneOf(0.5, 1, 6) }),
      () => layers.activation({ name: this.name('relu6'), activation: 'relu6' }),
      () => layers.leakyReLU({ name: this.name('leaky'), alpha: this.oneOf(0, 0.2, 1.5) }),
      () => layers.activation({ name: this.name('sigmoid'), activation: 'sigmoid' }),
      () => layers.activation({ name: this.name('tanh'), activation: 'tanh' }),
    )();
  }

  /** A layer with an activation of its own, after it, or none. */
  private activated(
    x: SymbolicTensor,
    layer: (fused: 'relu' | 'relu6' | 'tanh' | 'sigmoid' | undefined) => Layer,
  ): SymbolicTensor {
    if (this.chance(0.3)) return apply(layer(this.oneOf('relu', 'relu6', 'tanh', 'sigmoid')), x);
    const output = apply(layer(undefined), x);
    return this.chance(0.5) ? apply(this.activation(), output) : output;
  }

  private weighted() {
    return { useBias: this.chance(0.6), trainable: this.chance(0.9) };
  }

  private name(kind: string): string {
    const number = (this.drawn.get(kind) ?? 0) + 1;
    this.drawn.set(kind, number);
    return `${kind}${number}`;
  }
}

const isMap = (x: SymbolicTensor) => x.shape.length === 4;
const channels = (x: SymbolicTensor) => x.shape.at(-1)!;
const apply = (layer: Layer, ...x: SymbolicTensor[]) => layer.apply(x.length === 1 ? x[0] : x) as SymbolicTensor;

function pair<K extends string>(extents: readonly Readonly<Record<K, number>>[], key: K): [number, number] {
  return [extents[0][key], extents[1][key]];
}

interface Choices {
  oneOf<const T>(...items: readonly T[]): T;
  chance(probability: number): boolean;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
}

function choices(random: Random): Choices {
  return {
    oneOf: (...items) => items[random.integer(items.length)],
    chance: (probability) => random.uniform() < probability,
    between: (least, most) => least + random.integer(most - least + 1),
  };
}
