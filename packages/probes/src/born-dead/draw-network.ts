import type { Random } from '@reluctant/core';
import { drawLayer, type DrawLayer } from './draw-layer.js';
import { biasesOf, type FullyConnected } from './fully-connected.js';
import { tellingPoints, type Point } from './input-points.js';

/** Draws one network, and counts the dead units of each hidden layer into `dead`. */
export type DrawNetwork = (random: Random, dead: Uint32Array) => void;

/** Beyond these a layer's outputs are brought back to 1, before products of many layers leave the range of float64. */
const SMALLEST = 1e-100;
const LARGEST = 1e100;

/**
 * A unit is dead where its pre-activation is above zero on none of the inputs, given the layers before it. Sums are taken in
 * float64, of weights in float32.
 * @param points the inputs, where they are a list
 */
export function drawNetwork(network: FullyConnected, points: readonly Point[]): DrawNetwork {
  const draw = drawLayer(network);
  return network.inputs.kind === 'orthant' ? onOrthant(network, draw) : onPoints(network, points, draw);
}

/** A unit is above zero somewhere on the orthant where its bias is, at the origin, or a weight is, far along its axis. */
function onOrthant({ inputDimension, hidden: [units] }: FullyConnected, draw: DrawLayer): DrawNetwork {
  return (random, dead) => {
    const { kernel, bias } = draw(inputDimension, units, random);
    dead[0] = 0;
    for (let unit = 0; unit < units; unit++) {
      let fires = bias[unit] > 0;
      for (let i = 0; i < inputDimension && !fires; i++) fires = kernel[i * units + unit] > 0;
      if (!fires) dead[0]++;
    }
  };
}

function onPoints(network: FullyConnected, points: readonly Point[], draw: DrawLayer): DrawNetwork {
  const { hidden, inputDimension } = network;
  const biases = biasesOf(network);
  const staysSilent = biases !== 'with-weights' && 'constant' in biases && biases.constant <= 0;
  const telling = tellingPoints(network, points);
  const inputs = Float64Array.from(telling.flat());
  const widest = Math.max(...hidden);
  const buffers = [0, 1].map(() => new Float64Array(telling.length * widest));

  return (random, dead) => {
    let current = inputs;
    let width = inputDimension;
    // Outputs are held times this; a ReLU lets a positive factor pass, and so does a sum that includes the bias times it.
    let scale = 1;
    for (let layer = 0; layer < hidden.length; layer++) {
      const units = hidden[layer];
      const { kernel, bias } = draw(width, units, random);
      const next = buffers[layer % 2];
      let largest = 0;
      dead[layer] = 0;
      for (let unit = 0; unit < units; unit++) {
        const offset = bias[unit] === 0 ? 0 : bias[unit] * scale;
        let highest = 0;
        for (let point = 0; point < telling.length; point++) {
          let sum = offset;
          const row = point * width;
          for (let i = 0; i < width; i++) sum += current[row + i] * kernel[i * units + unit];
          next[point * units + unit] = sum > 0 ? sum : 0;
          if (sum > highest) highest = sum;
        }
        if (highest === 0) dead[layer]++;
        if (highest > largest) largest = highest;
      }
      if (largest === 0 && staysSilent) {
        for (let later = layer + 1; later < hidden.length; later++) dead[later] = hidden[later];
        return;
      }
      if (largest > LARGEST || (largest > 0 && largest < SMALLEST)) {
        for (let i = 0; i < telling.length * units; i++) next[i] /= largest;
        scale /= largest;
      }
      current = next;
      width = units;
    }
  };
}
