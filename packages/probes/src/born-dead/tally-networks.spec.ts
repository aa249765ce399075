import { Random } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BornDeadTally } from './born-dead-tally.js';
import { drawLayer } from './draw-layer.js';
import { drawNetwork } from './draw-network.js';
import { fullyConnectedSchema, type FullyConnected } from './fully-connected.js';
import { inputPoints, type Point } from './input-points.js';
import { tallyNetworks, type TallyOptions } from './tally-networks.js';

const parse = (options: object): FullyConnected =>
  fullyConnectedSchema.parse({
    hidden: [3, 2],
    initializer: { kind: 'he-normal' },
    inputs: { kind: 'grid', from: -1, to: 1, points: 5 },
    ...options,
  });

function tallyOf(network: FullyConnected, options: TallyOptions): BornDeadTally {
  let last: BornDeadTally | undefined;
  for (const tally of tallyNetworks(network, options)) last = tally;
  return last!;
}

/** Numbers of dead units by plain forward passes, of every point, in the order of the layers. */
function deadByHand(network: FullyConnected, points: readonly Point[], random: Random): number[] {
  const draw = drawLayer(network);
  let outputs = points;
  return network.hidden.map((units) => {
    const { kernel, bias } = draw(outputs[0].length, units, random);
    outputs = outputs.map((input) =>
      Array.from({ length: units }, (_, unit) =>
        Math.max(
          0,
          input.reduce((sum, x, i) => sum + x * kernel[i * units + unit], bias[unit]),
        ),
      ),
    );
    return Array.from({ length: units }, (_, unit) => outputs.every((output) => output[unit] === 0)).filter(Boolean)
      .length;
  });
}

const anyNetwork = fc
  .record({
    inputDimension: fc.integer({ min: 1, max: 3 }),
    hidden: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }),
    initializer: fc.constantFrom(
      { kind: 'he-normal' },
      { kind: 'he-normal', bias: -0.05 },
      { kind: 'lecun-uniform', bias: 0.2 },
      { kind: 'orthogonal' },
      { kind: 'randomized-asymmetric' },
      { kind: 'gaussian', sigma: 2 },
    ),
    inputs: fc.constantFrom({ kind: 'grid', from: -1, to: 2, points: 4 }, { kind: 'normal', points: 6 }),
    bias: fc.constantFrom(undefined, { sigma: 0.5 }, { constant: -0.1 }),
  })
  .map(({ bias, ...rest }) => parse(rest.initializer.kind === 'randomized-asymmetric' ? rest : { ...rest, bias }));

describe('drawNetwork', () => {
  it('counts the units that a plain forward pass of every input finds dead', () => {
    fc.assert(
      fc.property(anyNetwork, fc.nat(), (network, seed) => {
        const points = inputPoints(network.inputs as never, network.inputDimension, 1);
        const dead = new Uint32Array(network.hidden.length);
        drawNetwork(network, points)(new Random(seed), dead);
        expect([...dead]).toEqual(deadByHand(network, points, new Random(seed)));
      }),
      { numRuns: 300 },
    );
  });

  it('finds on the orthant what its corner and points far along every axis show', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.boolean(), fc.nat(), (inputDimension, hasBias, seed) => {
        const network = parse({
          inputDimension,
          hidden: [40],
          inputs: { kind: 'orthant' },
          bias: hasBias ? { sigma: 1 } : undefined,
        });
        const axes = Array.from({ length: inputDimension }, (_, axis) =>
          Array.from({ length: inputDimension }, (_, i) => (i === axis ? 1e12 : 0)),
        );
        const dead = new Uint32Array(1);
        drawNetwork(network, [])(new Random(seed), dead);
        const corner = Array<number>(inputDimension).fill(0);
        expect([...dead]).toEqual(deadByHand(network, [corner, ...axes], new Random(seed)));
      }),
    );
  });

  // Two hundred layers that each make signals a million times smaller, or larger, leave what float64 can hold.
  it.each([1e-6, 1e6])('is not deceived by vanishing or exploding signals (sigma %f)', (sigma) => {
    const of = (scale: number, bias?: object) =>
      tallyOf(parse({ hidden: Array(200).fill(16), initializer: { kind: 'gaussian', sigma: scale }, bias }), {
        draws: 10,
        seed: 3,
      });
    const plain = of(1);
    expect(plain.lastLayerSilent).toBe(0);
    expect(of(sigma)).toEqual(plain);
    // The same with biases: weights that vanish leave only them to fire, half of the units.
    const biased = of(sigma, { sigma: 1 });
    expect(biased.someLayerSilent).toBe(0);
    expect(biased.layers[199].dead).toBeGreaterThan(0);
  });
});

describe('tallyNetworks', () => {
  it('counts the same however the draws are cut into pieces, and as many as it is told', () => {
    const network = parse({ hidden: [2, 2, 2] });
    const whole = tallyOf(network, { draws: 500, seed: 9 });
    const work = tallyNetworks(network, { draws: 500, seed: 9 });
    const halfway = Array.from({ length: 250 }, () => work.next()).at(-1)!.value as BornDeadTally;
    expect({ ...halfway, layers: undefined }).toEqual({
      ...tallyOf(network, { draws: 250, seed: 9 }),
      layers: undefined,
    });
    const pieces = new BornDeadTally(network.hidden);
    const dead = new Uint32Array(3);
    const draw = drawNetwork(network, inputPoints(network.inputs as never, 1, 9));
    for (let number = 499; number >= 0; number--) {
      draw(new Random(9, 'born-dead', number), dead);
      pieces.add(dead);
    }
    expect(pieces).toEqual(whole);
    expect(tallyOf(network, { draws: 500, seed: 10 })).not.toEqual(whole);
  });

  it('stops once the interval is as narrow as wished', () => {
    const network = parse({ hidden: [2, 2] });
    // Half of it is about 1.96·√(.155·.845/n): .02 is reached by 1,300 draws.
    expect(tallyOf(network, { draws: 100_000, seed: 1, targetError: 0.02 }).draws).toBe(2000);
    expect(tallyOf(network, { draws: 1500, seed: 1, targetError: 0.02 }).draws).toBe(1500);
    expect(tallyOf(network, { draws: 100_000, seed: 1, targetError: 0.5 }).draws).toBe(1000);
  });
});

describe('fullyConnectedSchema', () => {
  it.each([
    [{ inputs: { kind: 'point', at: [1, 2] } }, /has 2 coordinates, and the inputs 1/],
    [{ inputs: { kind: 'grid', from: 0, to: 1, points: 22 }, inputDimension: 3 }, /take a normal sample/],
    [{ inputs: { kind: 'orthant' } }, /first hidden layer alone/],
    [{ hidden: [100_000, 100_000] }, /weights/],
    [{ hidden: [100_000], inputs: { kind: 'normal', points: 10_000 } }, /values on all inputs/],
    [{ initializer: { kind: 'randomized-asymmetric' }, bias: { constant: 0 } }, /leave the bias out/],
    [{ hidden: [] }, /hidden|small/i],
  ])('refuses %j', (options, message) => {
    expect(() => parse(options)).toThrow(message);
  });
});
