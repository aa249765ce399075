import { input, layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';

export const SHAPE = [4, 4, 2];

/** A ReLU before a max pooling, one with a cap, one whose output is taken twice, and one after a normalisation: each with the bias of its input. */
export const BIASES = { relu1: 'conv1/bias', relu2: 'conv2/bias', relu3: 'hidden/bias', relu4: 'bn/beta' };

/** On maps of `SHAPE`, into 3 classes. */
export function rectifiedModel(): LayersModel {
  const image = input({ name: 'image', shape: SHAPE });
  const applied = (layer: layers.Layer, ...x: SymbolicTensor[]) =>
    layer.apply(x.length === 1 ? x[0] : x) as SymbolicTensor;
  const convolve = (name: string) => layers.conv2d({ name, filters: 3, kernelSize: 3, padding: 'same' });
  const relu = (name: string, maxValue?: number) => layers.reLU({ name, maxValue });
  const first = applied(relu('relu1'), applied(convolve('conv1'), image));
  const pooled = applied(layers.maxPooling2d({ name: 'pool', poolSize: 2 }), first);
  const second = applied(relu('relu2', 0.5), applied(convolve('conv2'), pooled));
  const flat = applied(layers.flatten({ name: 'flat' }), second);
  const third = applied(relu('relu3'), applied(layers.dense({ name: 'hidden', units: 5 }), flat));
  const normalised = applied(layers.batchNormalization({ name: 'bn' }), third);
  const joined = applied(layers.add({ name: 'add' }), applied(relu('relu4'), normalised), third);
  return model({ inputs: image, outputs: applied(layers.dense({ name: 'logits', units: 3 }), joined) });
}
