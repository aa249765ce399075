/** What the unit is to learn: desired signal d = response(v·x + bias), before noise. */
export interface Teacher {
  readonly kind: TeacherKind;
  /** v, one weight per input. */
  readonly weights: Float64Array;
  readonly bias: number;
  response(t: number): number;
}

export const TEACHER_KINDS = ['relu', 'linear', 'zero'] as const;
export type TeacherKind = (typeof TEACHER_KINDS)[number];

export const TEACHER_DIRECTIONS = ['axis', 'alternating'] as const;
export type TeacherDirection = (typeof TEACHER_DIRECTIONS)[number];

const RESPONSES: Readonly<Record<TeacherKind, (t: number) => number>> = {
  relu: (t) => (t > 0 ? t : 0),
  linear: (t) => t,
  zero: () => 0,
};

/**
 * A teacher of the given kind: `relu` (a unit like the student), `linear` (the signal itself) or `zero` (no signal: the
 * desired signal is noise alone, and only the teacher's direction is left, as a reference for weights).
 *
 * @param weights v; see `teacherWeights`
 */
export function teacher(kind: TeacherKind, weights: Float64Array, bias: number): Teacher {
  return { kind, weights, bias, response: RESPONSES[kind] };
}

/**
 * Weights of length `norm` along the first axis, or along (1, −1, 1, −1, …), which is orthogonal to inputs' common mean where
 * their number is even.
 */
export function teacherWeights(direction: TeacherDirection, inputs: number, norm: number): Float64Array {
  const weights = new Float64Array(inputs);
  if (direction === 'axis') weights[0] = norm;
  else weights.forEach((_, i) => (weights[i] = ((i % 2 === 0 ? 1 : -1) * norm) / Math.sqrt(inputs)));
  return weights;
}
