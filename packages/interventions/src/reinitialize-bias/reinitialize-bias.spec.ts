import '@tensorflow/tfjs-backend-cpu';
import { readNetwork, readParameters } from '@reluctant/core';
import { plantedNetwork } from '@reluctant/core/testing';
import { setBackend } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { differences, interveneOn, samplesOf, stateWith } from '../testing/intervene-on.js';
import { reinitializeBias } from './reinitialize-bias.js';

beforeAll(async () => {
  await setBackend('cpu');
});

const MOMENTUM = { kind: 'momentum', momentum: 0.9, weightDecay: 0, decayOn: 'kernels' } as const;

describe('reinitialize-bias', () => {
  it('gives the shift of units that never fired, and of no other, its first value; then they fire', () => {
    const { network, batch } = plantedNetwork({ probabilities: [0, 0.5, 1, 0], side: 2 });
    const state = stateWith(readParameters(network), network, MOMENTUM);
    const samples = samplesOf(network, state, batch);
    const { changes, applied, withheld } = interveneOn(reinitializeBias, network, { state, samples });
    expect(applied).toEqual([{ site: 'planted', units: [0, 3], action: 'got a new shift' }]);
    expect(withheld).toEqual([]);
    const after = { ...state, ...changes };
    expect(differences(state, after)).toEqual([
      'weighted/bias[0]',
      'weighted/bias[3]',
      'optimizer/velocity/weighted/bias[0]',
      'optimizer/velocity/weighted/bias[3]',
    ]);
    expect(after['weighted/bias'].data).toEqual(Float32Array.of(0, -0.5, 0, 0));
    expect(after['optimizer/velocity/weighted/bias'].data).toEqual(Float32Array.of(0, 2, 3, 0));
    // The weights are 1 and the inputs positive: with no shift a unit is always on.
    expect(samplesOf(network, after, batch)[0].values.fired).toEqual(Float64Array.of(128, 64, 128, 128));
  });

  it('takes a number instead, and the bias that the initializer makes', () => {
    const { network, batch } = plantedNetwork({ probabilities: [0, 1] });
    const state = stateWith(readParameters(network), network, MOMENTUM);
    const samples = samplesOf(network, state, batch);
    const biasWith = (options: object, context: object = {}) =>
      interveneOn(reinitializeBias, network, { state, samples, ...context }, options).changes['weighted/bias'].data[0];
    expect(biasWith({ to: 0.25 })).toBe(0.25);
    expect(biasWith({}, { initializer: { kind: 'he-normal', bias: 0.125 } })).toBe(0.125);
    const drawn = biasWith({}, { initializer: { kind: 'randomized-asymmetric' } });
    expect(drawn).not.toBe(-1);
    expect(drawn).toBe(biasWith({}, { initializer: { kind: 'randomized-asymmetric' } }));
  });

  it('sets the β of a batch normalisation, and leaves a ReLU without a shift of its own alone', () => {
    const network = readNetwork(
      sequential({
        layers: [
          layers.dense({ name: 'first', inputShape: [2], units: 2 }),
          layers.batchNormalization({ name: 'bn' }),
          layers.reLU({ name: 'normed' }),
          layers.dense({ name: 'second', units: 2, useBias: false, activation: 'relu' }),
          layers.dense({ name: 'logits', units: 2 }),
        ],
      }),
    );
    const parameters = readParameters(network);
    parameters['bn/beta'].data.set([-5, 1]);
    parameters['second/kernel'].data.fill(-1);
    const state = stateWith(parameters, network, MOMENTUM);
    const samples = samplesOf(network, state, { size: 1, x: new Float32Array(2), y: new Int32Array(1) });
    const { changes, withheld } = interveneOn(reinitializeBias, network, { state, samples });
    expect(changes['bn/beta'].data).toEqual(Float32Array.of(0, 1));
    expect(Object.keys(changes)).toEqual(['bn/beta', 'optimizer/velocity/bn/beta']);
    expect(withheld).toEqual([{ site: 'second/relu', units: [0, 1], reason: 'it has no trained shift of its own' }]);
  });

  it('changes nothing where every unit fires', () => {
    const { network, batch } = plantedNetwork({ probabilities: [0.5, 1] });
    const state = stateWith(readParameters(network), network, MOMENTUM);
    const samples = samplesOf(network, state, batch);
    expect(interveneOn(reinitializeBias, network, { state, samples })).toEqual({
      changes: {},
      applied: [],
      withheld: [],
    });
  });
});
