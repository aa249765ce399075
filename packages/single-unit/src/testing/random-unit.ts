import { Random } from '@reluctant/core';
import { TEACHER_KINDS, type TeacherKind } from '../model/teacher.js';
import { RULE_KINDS, type RuleKind } from '../model/update-rule.js';
import { addScaled, scaled } from '../numerics/matrix.js';
import type { TheoryModel } from '../theory/theory-model.js';

/** Every rule with every teacher. */
export const RULES_AND_TEACHERS = RULE_KINDS.flatMap((rule) => TEACHER_KINDS.map((teacher) => ({ rule, teacher })));

/** A model without rule and teacher, and a state of the unit. */
export interface RandomUnit {
  readonly weights: Float64Array;
  model(rule: RuleKind, teacher: TeacherKind): TheoryModel;
  /** An input of the model's law. */
  drawInput(random: Random): Float64Array;
}

/**
 * A unit of 2 to 5 inputs, correlated and of any mean, every other one with a bias.
 *
 * @param likeTeacher how near the weights lie to the teacher's: 0 (independent of them) to 1 (equal)
 */
export function randomUnit(seed: number, likeTeacher = 0): RandomUnit {
  const random = new Random(seed, 'unit');
  const bias = random.integer(2) === 1;
  const inputs = 2 + random.integer(4);
  const size = inputs + (bias ? 1 : 0);
  const draw = (factor = 1) => Float64Array.from({ length: size }, () => factor * random.normal());
  // R = F Fᵀ; the bias' row is 0.
  const factor = Array.from({ length: size }, (_, i) => (i < inputs ? draw(0.7) : new Float64Array(size)));
  const mean = draw(0.5);
  if (bias) mean[inputs] = 1;
  const covariance = Float64Array.from(
    factor.flatMap((row) => factor.map((other) => row.reduce((sum, value, k) => sum + value * other[k], 0))),
  );
  const teacherWeights = draw();
  const weights = addScaled(scaled(draw(), 1 - likeTeacher), likeTeacher, teacherWeights);
  return {
    weights,
    model: (kind, teacher) => ({
      input: { size, mean, covariance },
      teacher: { kind: teacher, weights: teacherWeights },
      rule: { kind, leak: 0.2 },
      noise: 0.3,
    }),
    drawInput: (stream) => {
      const normals = Float64Array.from({ length: size }, () => stream.normal());
      return mean.map((value, i) => value + factor[i].reduce((sum, entry, k) => sum + entry * normals[k], 0));
    },
  };
}
