import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Task } from '../../dataset/dataset.js';
import type { NamedArrays } from '../../engine/named-arrays.js';
import type { Architecture } from '../../graph/architecture.js';
import type { Parameter } from '../../graph/graph.js';
import { writeParameters } from '../../graph/parameters.js';
import { createInitializerFactory } from '../../initializer/create-initializer-factory.js';

/** One network of an architecture and what PyTorch computes with it; made by tools/fixtures/architectures/generate.py. */
export interface ForwardCase {
  readonly inputShape: Task['inputShape'];
  readonly options: unknown;
  /** Of two images, 5 classes. */
  readonly logits: readonly (readonly number[])[];
}

const wave = (length: number, value: (i: number) => number): Float32Array =>
  Float32Array.from({ length }, (_, i) => value(i));

/** Values by name and position; gains and variances stay positive. */
function parameterValues({ name, shape, role }: Parameter): Float32Array {
  const phase = [...name].reduce((sum, character) => sum + character.charCodeAt(0), 0);
  const size = shape.reduce((product, side) => product * side, 1);
  const sine = (i: number): number => Math.sin(phase + 0.7 * i);
  if (role === 'kernel') return wave(size, (i) => (2 * sine(i)) / Math.sqrt(size / shape[shape.length - 1]));
  return wave(size, (i) => (role === 'gamma' || role === 'movingVariance' ? 1 : 0) + 0.3 * sine(i));
}

/** That an architecture, with the generator's weights, gives PyTorch's logits, and keeps no tensor. */
export function forwardConformance<O>(architecture: Architecture<O>, cases: readonly ForwardCase[]): void {
  describe(`${architecture.kind} against PyTorch`, () => {
    beforeAll(async () => {
      await tf.setBackend('cpu');
    });

    it.each(cases)('computes the same logits: $options for $inputShape', ({ inputShape, options, logits }) => {
      const initializers = createInitializerFactory({ kind: 'he-normal', bias: 0 }, 1);
      const network = architecture.build(architecture.options.parse(options), { inputShape, classes: 5 }, initializers);
      const values: NamedArrays = Object.fromEntries(
        network.graph.parameters.map((parameter) => [
          parameter.name,
          { shape: parameter.shape, data: parameterValues(parameter) },
        ]),
      );
      writeParameters(network, values);
      const computed = tf.tidy(() => {
        const pixels = wave(2 * inputShape.reduce((product, side) => product * side, 1), (i) => Math.sin(0.37 * i));
        return [...(network.model.predict(tf.tensor(pixels, [2, ...inputShape])) as tf.Tensor).dataSync()];
      });
      network.model.dispose();
      const expected = logits.flat();
      const scale = Math.max(...expected.map(Math.abs));
      expect(computed).toHaveLength(10);
      computed.forEach((logit, i) => expect(Math.abs(logit - expected[i]) / scale).toBeLessThan(1e-5));
      expect(tf.memory().numTensors).toBe(0);
    });
  });
}
