import { layers, model, sequential, input, type LayersModel } from '@tensorflow/tfjs-layers';
import { PadChannels } from '../../graph/pad-channels.js';

type Layer = layers.Layer;

/** For the optimizers: smooth, and without a parameter whose gradient is zero. */
const tiny = () =>
  sequential({
    layers: [
      layers.conv2d({ name: 'conv', inputShape: [3, 3, 1], filters: 2, kernelSize: 2 }),
      layers.activation({ name: 'tanh', activation: 'tanh' }),
      layers.flatten({ name: 'flat' }),
      layers.dense({ name: 'logits', units: 3 }),
    ],
  });

const relu = (name: string) => layers.reLU({ name });
const flat = () => layers.flatten({ name: 'flat' });
const logits = () => layers.dense({ name: 'logits', units: 3 });
const stack = (...parts: Layer[]) => sequential({ layers: parts });

/** The networks of tools/fixtures/engine/cases.py, written a second time as tfjs models. Every operation of the graph occurs. */
export const FIXTURE_MODELS: Readonly<Record<string, () => LayersModel>> = {
  'convolution on odd maps': () =>
    stack(
      layers.conv2d({ name: 'conv1', inputShape: [5, 5, 2], filters: 3, kernelSize: 3, padding: 'same' }),
      relu('relu1'),
      layers.conv2d({ name: 'conv2', filters: 4, kernelSize: 3, strides: 2, padding: 'same', useBias: false }),
      relu('relu2'),
      flat(),
      logits(),
    ),
  'convolution on even, oblong maps': () =>
    stack(
      layers.conv2d({
        name: 'conv1',
        inputShape: [6, 4, 2],
        filters: 4,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        useBias: false,
      }),
      relu('relu1'),
      layers.conv2d({ name: 'conv2', filters: 3, kernelSize: [2, 1] }),
      relu('relu2'),
      flat(),
      layers.dense({ name: 'logits', units: 3, useBias: false }),
    ),
  'strided convolution without padding, with a remainder': () =>
    stack(
      layers.conv2d({ name: 'conv1', inputShape: [6, 7, 1], filters: 3, kernelSize: [3, 2], strides: [2, 3] }),
      relu('relu1'),
      flat(),
      logits(),
    ),
  'dilated convolution': () =>
    stack(
      layers.conv2d({
        name: 'conv1',
        inputShape: [7, 6, 1],
        filters: 3,
        kernelSize: 3,
        dilationRate: [2, 2],
        padding: 'same',
      }),
      relu('relu1'),
      layers.conv2d({ name: 'conv2', filters: 3, kernelSize: 2, dilationRate: [3, 1] }),
      relu('relu2'),
      layers.globalAveragePooling2d({ name: 'pool', dataFormat: 'channelsLast' }),
      logits(),
    ),
  'batch normalisation': () =>
    stack(
      layers.conv2d({ name: 'conv', inputShape: [3, 3, 2], filters: 3, kernelSize: 2, useBias: false }),
      layers.batchNormalization({ name: 'bn1', momentum: 0.9, epsilon: 0.001 }),
      relu('relu1'),
      flat(),
      layers.dense({ name: 'hidden', units: 4, useBias: false }),
      layers.batchNormalization({ name: 'bn2', momentum: 0.6, epsilon: 0.01, scale: false, center: false }),
      relu('relu2'),
      logits(),
    ),
  'batch sizes that change': () =>
    stack(
      layers.conv2d({ name: 'conv', inputShape: [3, 3, 2], filters: 3, kernelSize: 2, useBias: false }),
      layers.batchNormalization({ name: 'bn', momentum: 0.9 }),
      relu('relu'),
      flat(),
      logits(),
    ),
  'clipped rectifiers': () =>
    stack(
      layers.dense({ name: 'dense1', inputShape: [4], units: 6 }),
      layers.activation({ name: 'relu6', activation: 'relu6' }),
      layers.dense({ name: 'dense2', units: 5 }),
      layers.reLU({ name: 'clipped', maxValue: 0.5 }),
      logits(),
    ),
  'smooth and leaky activations': () =>
    stack(
      layers.conv2d({ name: 'conv', inputShape: [3, 3, 2], filters: 3, kernelSize: 2, activation: 'sigmoid' }),
      flat(),
      layers.dense({ name: 'hidden1', units: 4, activation: 'tanh' }),
      layers.dense({ name: 'hidden2', units: 4 }),
      layers.leakyReLU({ name: 'leaky', alpha: 0.2 }),
      logits(),
    ),
  'max pooling that overlaps': () =>
    stack(
      layers.conv2d({ name: 'conv', inputShape: [7, 7, 1], filters: 3, kernelSize: 3 }),
      relu('relu'),
      layers.maxPooling2d({ name: 'pool1', poolSize: 3, strides: 2, padding: 'same' }),
      layers.maxPooling2d({ name: 'pool2', poolSize: 2, strides: 1 }),
      flat(),
      logits(),
    ),
  'max pooling of even maps': () =>
    stack(
      layers.conv2d({ name: 'conv1', inputShape: [4, 6, 2], filters: 3, kernelSize: 3, padding: 'same' }),
      layers.maxPooling2d({ name: 'pool1', poolSize: 2, strides: 2 }),
      relu('relu1'),
      layers.maxPooling2d({ name: 'pool2', poolSize: [3, 2], strides: [2, 2], padding: 'same' }),
      flat(),
      logits(),
    ),
  'average pooling': () =>
    stack(
      layers.conv2d({ name: 'conv', inputShape: [5, 5, 1], filters: 3, kernelSize: 2, padding: 'same' }),
      relu('relu'),
      layers.averagePooling2d({ name: 'pool1', poolSize: 3, strides: 2, padding: 'same' }),
      layers.averagePooling2d({ name: 'pool2', poolSize: [2, 3], strides: [1, 1] }),
      flat(),
      logits(),
    ),
  'blocks of sixteen channels': () => {
    const image = input({ name: 'image', shape: [8, 8, 3] });
    const applied = (layer: Layer, ...x: (typeof image)[]) => layer.apply(x.length === 1 ? x[0] : x) as typeof image;
    const convolve = (name: string, filters: number, options: { strides?: number; useBias?: boolean } = {}) =>
      layers.conv2d({ name, filters, kernelSize: 3, padding: 'same', ...options });
    const normalise = (name: string) => layers.batchNormalization({ name });
    const stem = applied(relu('relu1'), applied(convolve('conv1', 16), image));
    const branch = applied(normalise('bn2'), applied(convolve('conv2', 16, { useBias: false }), stem));
    const joined = applied(relu('relu2'), applied(layers.add({ name: 'add2' }), branch, stem));
    const halved = applied(normalise('bn3'), applied(convolve('conv3', 32, { strides: 2, useBias: false }), joined));
    const narrowed = applied(relu('relu4'), applied(convolve('conv4', 16), applied(relu('relu3'), halved)));
    const pooled = applied(layers.maxPooling2d({ name: 'pool4', poolSize: 2, strides: 2 }), narrowed);
    const last = applied(relu('relu5'), applied(convolve('conv5', 16), pooled));
    const average = layers.globalAveragePooling2d({ name: 'pool5', dataFormat: 'channelsLast' });
    return model({ inputs: image, outputs: applied(logits(), applied(average, last)) });
  },
  'residual network with padded shortcuts': () => {
    const convolve = (name: string, filters: number, strides = 1) =>
      layers.conv2d({ name, filters, kernelSize: 3, strides, padding: 'same', useBias: false });
    const image = input({ name: 'image', shape: [4, 4, 2] });
    const normalised = (name: string, x: typeof image) => layers.batchNormalization({ name }).apply(x) as typeof image;
    const applied = (layer: Layer, ...x: (typeof image)[]) => layer.apply(x.length === 1 ? x[0] : x) as typeof image;
    const stem = applied(relu('relu1'), normalised('bn1', applied(convolve('conv1', 3), image)));
    const plain = normalised('bn2', applied(convolve('conv2', 3), stem));
    const joined = applied(relu('relu2'), applied(layers.add({ name: 'add2' }), plain, stem));
    const halved = normalised('bn3', applied(convolve('conv3', 5, 2), joined));
    const subsample = applied(layers.averagePooling2d({ name: 'subsample', poolSize: 1, strides: 2 }), joined);
    const shortcut = applied(new PadChannels({ name: 'widen', before: 1, after: 1 }), subsample);
    const out = applied(relu('relu3'), applied(layers.add({ name: 'add3' }), halved, shortcut));
    const pooled = applied(layers.globalAveragePooling2d({ name: 'pool', dataFormat: 'channelsLast' }), out);
    return model({ inputs: image, outputs: applied(logits(), pooled) });
  },
  'branches and padding': () => {
    const image = input({ name: 'image', shape: [4, 4, 2] });
    const applied = (layer: Layer, ...x: (typeof image)[]) => layer.apply(x.length === 1 ? x[0] : x) as typeof image;
    const narrow = layers.conv2d({ name: 'narrow', filters: 2, kernelSize: 1, activation: 'relu' });
    const wide = layers.conv2d({ name: 'wide', filters: 2, kernelSize: 3, padding: 'same', activation: 'relu' });
    const join = applied(layers.concatenate({ name: 'join' }), applied(narrow, image), applied(wide, image), image);
    const margin = layers.zeroPadding2d({
      name: 'margin',
      padding: [
        [1, 0],
        [2, 1],
      ],
    });
    const convolved = applied(
      layers.conv2d({ name: 'conv', filters: 2, kernelSize: [2, 3], strides: 2 }),
      applied(margin, join),
    );
    return model({ inputs: image, outputs: applied(logits(), applied(flat(), applied(relu('relu'), convolved))) });
  },
  'layers applied twice': () => {
    const image = input({ name: 'image', shape: [3, 3, 1] });
    const applied = (layer: Layer, x: typeof image) => layer.apply(x) as typeof image;
    const rectifier = relu('relu');
    const shared = layers.dense({ name: 'shared', units: 4 });
    const tanh = layers.activation({ name: 'tanh', activation: 'tanh' });
    const first = applied(rectifier, applied(layers.conv2d({ name: 'conv1', filters: 2, kernelSize: 2 }), image));
    const second = applied(rectifier, applied(layers.conv2d({ name: 'conv2', filters: 4, kernelSize: 2 }), first));
    const once = applied(tanh, applied(shared, applied(flat(), second)));
    return model({ inputs: image, outputs: applied(logits(), applied(tanh, applied(shared, once))) });
  },
  dropout: () =>
    stack(
      layers.conv2d({ name: 'conv', inputShape: [3, 3, 2], filters: 3, kernelSize: 2 }),
      relu('relu1'),
      layers.dropout({ name: 'drop1', rate: 0.25 }),
      flat(),
      layers.dense({ name: 'hidden', units: 6 }),
      relu('relu2'),
      layers.dropout({ name: 'drop2', rate: 0.5 }),
      logits(),
    ),
  'every kind of site': () => {
    const image = input({ name: 'image', shape: [6, 5, 2] });
    const applied = (layer: Layer, x: typeof image | (typeof image)[]) => layer.apply(x) as typeof image;
    const convolve = (name: string, filters: number, more: { strides?: number; useBias?: boolean } = {}) =>
      layers.conv2d({ name, filters, kernelSize: 3, padding: 'same', ...more });
    const rectifier = relu('relu');
    const first = applied(rectifier, applied(convolve('conv1', 4), image));
    const second = applied(
      layers.batchNormalization({ name: 'bn2' }),
      applied(convolve('conv2', 4, { useBias: false }), first),
    );
    const joined = applied(relu('relu2'), applied(layers.add({ name: 'add2' }), [second, first]));
    const third = applied(rectifier, applied(convolve('conv3', 6, { strides: 2 }), joined));
    const hidden = applied(layers.dense({ name: 'hidden', units: 16 }), applied(flat(), third));
    return model({ inputs: image, outputs: applied(logits(), applied(relu('relu3'), hidden)) });
  },
  'label smoothing': tiny,
  'frozen layer': () =>
    stack(layers.dense({ name: 'frozen', inputShape: [4], units: 5, trainable: false }), relu('relu'), logits()),
  'exact ties and zeros': () =>
    stack(
      layers.conv2d({ name: 'conv', inputShape: [4, 4, 2], filters: 4, kernelSize: 1, useBias: false }),
      layers.maxPooling2d({ name: 'pool1', poolSize: 2, strides: 2 }),
      relu('relu'),
      layers.maxPooling2d({ name: 'pool2', poolSize: 2, strides: 1 }),
      flat(),
      logits(),
    ),
};

/** The network that a fixture is about: its own, or the one on which all optimizers are compared. */
export function fixtureModel(name: string): LayersModel {
  return (FIXTURE_MODELS[name] ?? tiny)();
}
