import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { readNetwork } from './read-network.js';
import { shiftOf } from './shift-of.js';

beforeAll(async () => {
  await setBackend('cpu');
});

const applied = (layer: layers.Layer, ...x: SymbolicTensor[]) =>
  layer.apply(x.length === 1 ? x[0] : x) as SymbolicTensor;
const dense = (name: string, options = {}) => layers.dense({ name, units: 3, ...options });

function shifts(output: (x: SymbolicTensor) => SymbolicTensor) {
  const x = input({ name: 'x', shape: [3] });
  const { graph, sites } = readNetwork(model({ inputs: x, outputs: output(x) }));
  return sites.map(({ name }) => [name, shiftOf(graph, name)]);
}
const relu = (name: string, x: SymbolicTensor) => applied(layers.reLU({ name }), x);

describe('shiftOf', () => {
  it('is the bias of the layer before, or the β of the normalisation', () => {
    const found = shifts((x) => {
      const first = applied(dense('first', { activation: 'relu' }), x);
      return relu('second', applied(layers.batchNormalization({ name: 'bn' }), applied(dense('middle'), first)));
    });
    expect(found).toEqual([
      ['first/relu', { kind: 'bias', parameter: 'first/bias' }],
      ['second', { kind: 'batch-norm', parameter: 'bn/beta' }],
    ]);
  });

  it('is none without a trained parameter of its own', () => {
    const found = shifts((x) => {
      const unbiased = relu('unbiased', applied(dense('plain', { useBias: false }), x));
      const frozen = relu('frozen', applied(dense('still', { trainable: false }), unbiased));
      const sum = relu('sum', applied(layers.add({ name: 'add' }), applied(dense('branch'), frozen), x));
      const twice = dense('twice');
      const calls = relu('again', applied(twice, relu('once', applied(twice, sum))));
      const shared = applied(dense('shared'), calls);
      return applied(layers.add({ name: 'join' }), relu('beside', shared), shared);
    });
    expect(found).toEqual(['unbiased', 'frozen', 'sum', 'once', 'again', 'beside'].map((name) => [name, undefined]));
  });
});
