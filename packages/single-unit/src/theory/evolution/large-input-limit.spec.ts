import { describe, expect, it } from 'vitest';
import reference from '../../testing/reference-large-input-limit.json' with { type: 'json' };
import { whiteUnit } from '../../testing/white-unit.js';
import { evolve } from './evolve.js';
import { largeInputLimit } from './large-input-limit.js';

const axis = (inputs: number, ...components: number[]) =>
  Float64Array.from({ length: inputs }, (_, i) => components[i] ?? 0);

describe('the limit of many inputs', () => {
  const { inputs, learningRate, noise, angle, norm, points } = reference;
  const unit = whiteUnit(axis(inputs, 1), false, { noise, stepSize: learningRate / inputs });
  const start = axis(inputs, norm * Math.cos(angle), norm * Math.sin(angle));

  it('agrees with the reference and its simulation', () => {
    const limit = largeInputLimit(unit, start, [0, ...points.map(({ time }) => time)]);
    expect(limit[0].squaredNorm).toBeCloseTo(norm ** 2, 12);
    points.forEach(({ squaredNorm, overlap, simulated }, i) => {
      const point = limit[i + 1];
      expect(Math.abs(point.squaredNorm - squaredNorm)).toBeLessThan(1e-6);
      expect(Math.abs(point.overlap - overlap)).toBeLessThan(1e-6);
      expect(Math.abs(point.squaredNorm - simulated.squaredNorm)).toBeLessThan(3 * simulated.squaredNormError);
      expect(Math.abs(point.overlap - simulated.overlap)).toBeLessThan(3 * simulated.overlapError);
    });
  });

  it('is where the cubature goes as inputs are added', () => {
    const distanceAt = (count: number) => {
      const options = { noise: 0.3, stepSize: 0.6 / count, batchSize: 2, weightDecay: 0.05 };
      const many = whiteUnit(axis(count + 1, 1), true, options);
      many.teacher.weights[count] = -0.3;
      const from = axis(count + 1, -0.3, 1);
      const [, limit] = largeInputLimit(many, from, [0, 6]);
      const [, point] = evolve('cubature', many, { mean: from }, [0, 6 * count]);
      return Math.abs(point.mean[0] - limit.overlap) + Math.abs(point.mean[count] - limit.bias);
    };
    const [few, many] = [distanceAt(25), distanceAt(100)];
    expect(many).toBeLessThan(0.01);
    expect(few / many).toBeGreaterThan(2.5);
  });

  it('is refused where it does not hold', () => {
    const other = { ...unit, momentum: 0.9 };
    expect(() => largeInputLimit(other, start, [0, 1])).toThrow('without momentum');
    const shifted = { ...unit, input: { ...unit.input, mean: new Float64Array(inputs).fill(0.1) } };
    expect(() => largeInputLimit(shifted, start, [0, 1])).toThrow('mean 0');
  });
});
