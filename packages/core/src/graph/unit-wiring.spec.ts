import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { PadChannels } from './pad-channels.js';
import { readNetwork } from './read-network.js';
import { unitWiring, type UnitWiring } from './unit-wiring.js';

beforeAll(async () => {
  await setBackend('cpu');
});

const apply = (layer: layers.Layer, ...x: SymbolicTensor[]) => layer.apply(x.length === 1 ? x[0] : x) as SymbolicTensor;
const conv = (name: string, filters: number) => layers.conv2d({ name, filters, kernelSize: 3, padding: 'same' });
const relu = (name: string, x: SymbolicTensor) => apply(layers.reLU({ name }), x);

/** The wiring of a unit in a network on maps [4, 4, 2], which is closed by a dense layer. */
function wiringIn(body: (x: SymbolicTensor) => SymbolicTensor, site: string, unit: number): UnitWiring {
  const x = input({ name: 'x', shape: [4, 4, 2] });
  const flat = apply(layers.flatten({ name: 'flat' }), body(x));
  const { graph } = readNetwork(model({ inputs: x, outputs: apply(layers.dense({ name: 'logits', units: 3 }), flat) }));
  return unitWiring(graph)(site, unit);
}

const kernels = (weights: readonly { readonly kernel: string }[]) => weights.map(({ kernel }) => kernel);

describe('unitWiring', () => {
  it('passes normalisation and dropout on the way in, pooling and flattening on the way out', () => {
    const { incoming, outgoing, bypasses, shared } = wiringIn(
      (x) => {
        const normed = apply(layers.batchNormalization({ name: 'bn' }), apply(conv('conv', 3), x));
        const dropped = relu('relu', apply(layers.dropout({ name: 'drop', rate: 0.5 }), normed));
        return apply(layers.maxPooling2d({ name: 'pool', poolSize: 2 }), dropped);
      },
      'relu',
      1,
    );
    expect(incoming).toMatchObject([{ kernel: 'conv/kernel', bias: 'conv/bias', column: 1 }]);
    expect(incoming[0].norms).toMatchObject([
      { channel: 1, operation: { gamma: 'bn/gamma', movingMean: 'bn/movingMean' } },
    ]);
    // The channel at each of the 2×2 positions left.
    expect(outgoing).toEqual([{ kernel: 'logits/kernel', rows: [1, 4, 7, 10] }]);
    expect({ bypasses, shared }).toEqual({ bypasses: [], shared: [] });
  });

  it('of a residual block: the ReLU inside is closed, the one behind the addition has the branch and goes on past it', () => {
    const body = (x: SymbolicTensor) => {
      const start = relu('start', apply(conv('stem', 4), x));
      const block = (name: string, from: SymbolicTensor) => {
        const inner = relu(`${name}_inner`, apply(conv(`${name}_conv1`, 4), from));
        const sum = apply(layers.add({ name: `${name}_add` }), apply(conv(`${name}_conv2`, 4), inner), from);
        return relu(`${name}_outer`, sum);
      };
      return block('b', block('a', start));
    };
    const inner = wiringIn(body, 'a_inner', 2);
    expect(inner).toMatchObject({ outgoing: [{ kernel: 'a_conv2/kernel', rows: [2] }], bypasses: [], shared: [] });
    expect(kernels(inner.incoming)).toEqual(['a_conv1/kernel']);
    const outer = wiringIn(body, 'a_outer', 2);
    expect(kernels(outer.incoming)).toEqual(['a_conv2/kernel']);
    expect(outer).toMatchObject({ outgoing: [{ kernel: 'b_conv1/kernel', rows: [2] }], bypasses: ['addition'] });
    expect(wiringIn(body, 'b_outer', 2)).toMatchObject({ outgoing: [{ kernel: 'logits/kernel' }], bypasses: [] });
  });

  it('follows channels through padding and concatenation', () => {
    const body = (x: SymbolicTensor) => {
      const [left, right] = [relu('left', apply(conv('a', 2), x)), apply(conv('b', 3), x)];
      const padded = apply(new PadChannels({ name: 'pad', before: 1, after: 1 }), right);
      const joined = relu('joined', apply(layers.concatenate({ name: 'join' }), left, padded));
      return relu('last', apply(conv('c', 2), joined));
    };
    expect(wiringIn(body, 'left', 1).outgoing).toEqual([{ kernel: 'c/kernel', rows: [1] }]);
    expect([0, 1, 2, 3, 5, 6].map((unit) => wiringIn(body, 'joined', unit).incoming)).toMatchObject([
      // Another ReLU's output, then an added channel, then b's three, then the other added channel.
      [],
      [],
      [],
      [{ kernel: 'b/kernel', column: 0 }],
      [{ kernel: 'b/kernel', column: 2 }],
      [],
    ]);
    expect(wiringIn(body, 'joined', 5).outgoing).toEqual([{ kernel: 'c/kernel', rows: [5] }]);
  });

  it('takes for its own neither what is used elsewhere too nor a channel that several units are made of', () => {
    const forked = (x: SymbolicTensor) => {
      const both = apply(conv('a', 2), x);
      return apply(layers.add({ name: 'add' }), relu('one', both), relu('other', both));
    };
    expect(wiringIn(forked, 'one', 0)).toMatchObject({ incoming: [], bypasses: ['addition'] });
    const joined = (x: SymbolicTensor) => {
      const once = apply(conv('a', 2), x);
      return relu('twice', apply(layers.concatenate({ name: 'join' }), once, once));
    };
    expect(wiringIn(joined, 'twice', 3)).toMatchObject({ incoming: [] });
    const x = input({ name: 'x', shape: [2, 2, 1] });
    const flat = relu('flattened', apply(layers.flatten({ name: 'flat' }), apply(conv('a', 2), x)));
    const { graph } = readNetwork(
      model({ inputs: x, outputs: apply(layers.dense({ name: 'logits', units: 2 }), flat) }),
    );
    expect(unitWiring(graph)('flattened', 5).incoming).toEqual([]);
  });

  it('tells weights that another call uses too', () => {
    const body = (x: SymbolicTensor) => {
      const twice = conv('twice', 2);
      const norm = layers.batchNormalization({ name: 'bn' });
      const again = relu('again', apply(twice, relu('once', apply(twice, x))));
      const one = relu('one', apply(norm, apply(conv('own', 2), again)));
      return relu('two', apply(norm, apply(conv('other', 2), one)));
    };
    expect(wiringIn(body, 'once', 0).shared).toEqual(['twice/kernel']);
    expect(wiringIn(body, 'two', 0).shared).toEqual(['bn/movingMean']);
  });

  it('knows units that are logits themselves', () => {
    const x = input({ name: 'x', shape: [3] });
    const { graph } = readNetwork(
      model({ inputs: x, outputs: relu('out', apply(layers.dense({ name: 'a', units: 2 }), x)) }),
    );
    expect(unitWiring(graph)('out', 1)).toMatchObject({ outgoing: [], bypasses: ['logits'] });
  });
});
