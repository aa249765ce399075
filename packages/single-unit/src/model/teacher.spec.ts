import { describe, expect, it } from 'vitest';
import { teacherSchema, teacherWeights } from './teacher.js';

const weights = (options: object, inputs: number, hasBias = true) => [
  ...teacherWeights(teacherSchema.parse(options), { inputs, hasBias }),
];

describe('teacherWeights', () => {
  it('has the length and direction asked for, and the bias last', () => {
    expect(weights({ norm: 2 }, 3)).toEqual([2, 0, 0, -1]);
    expect(weights({ direction: 'alternating', bias: 0.3 }, 4)).toEqual([0.5, -0.5, 0.5, -0.5, 0.3]);
    expect(weights({ direction: [3, 4], norm: 10 }, 2)).toEqual([6, 8, -1]);
  });

  it('has no bias where the unit has none', () => {
    expect(weights({}, 2, false)).toEqual([1, 0]);
  });
});

it('refuses a direction without one', () => {
  expect(() => teacherSchema.parse({ direction: [0, 0] })).toThrow('direction');
});
