import { describe, expect, it } from 'vitest';
import { teacher, teacherWeights } from './teacher.js';

describe('teacher', () => {
  it('responds by its kind', () => {
    const weights = teacherWeights('axis', 2, 1);
    const responses = (['relu', 'linear', 'zero'] as const).map((kind) => teacher(kind, weights, 0).response);
    expect(responses.map((response) => response(2))).toEqual([2, 2, 0]);
    expect(responses.map((response) => response(-2))).toEqual([0, -2, 0]);
  });

  it('has weights of the length and direction asked for', () => {
    expect([...teacherWeights('axis', 3, 2)]).toEqual([2, 0, 0]);
    expect([...teacherWeights('alternating', 4, 1)]).toEqual([0.5, -0.5, 0.5, -0.5]);
    expect(Math.hypot(...teacherWeights('alternating', 7, 3))).toBeCloseTo(3, 14);
  });
});
