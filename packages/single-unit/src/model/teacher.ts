import { z } from 'zod';

export const TEACHER_KINDS = ['relu', 'linear', 'zero', 'none'] as const;
/**
 * What the error e = d − y at the output is made of, with d = g(v·x) + noise:
 *
 * - `relu`, `linear`: g is max(t, 0), or t itself.
 * - `zero`: g is 0, so that e = noise − y. The error tells the unit of nothing but its own output, which it unlearns.
 * - `none`: there is no desired signal at all, and e = noise: independent of the input and of the unit's output, as the error that
 *   reaches a unit from far away in a network may be. It moves weights about, but in no direction.
 */
export type TeacherKind = (typeof TEACHER_KINDS)[number];

/** Whether what the unit is to learn depends on v. */
export const hasSignal = (kind: TeacherKind): boolean => kind === 'relu' || kind === 'linear';

export const TEACHER_DIRECTIONS = ['axis', 'alternating'] as const;
export type TeacherDirection = (typeof TEACHER_DIRECTIONS)[number] | readonly number[];

/** What the unit is to learn: desired signal d = response(v·x + bias), before noise. */
export const teacherSchema = z.strictObject({
  kind: z
    .enum(TEACHER_KINDS)
    .default('relu')
    .describe(
      'relu: max(t, 0). linear: t. zero: no signal, the error is noise less the output. none: the error is noise alone',
    ),
  norm: z.number().positive().default(1).describe("Length of the teacher's weight vector v, without the bias"),
  direction: z
    .union([
      z.enum(TEACHER_DIRECTIONS),
      z
        .array(z.number())
        .refine((direction) => direction.some((component) => component !== 0), 'It needs a direction.'),
    ])
    .default('axis')
    .describe(
      'axis: first input alone. alternating: (1, -1, 1, …), blind to the mean of an even number of inputs. Or a vector of one ' +
        'number per input, of any length',
    ),
  bias: z
    .number()
    .optional()
    .describe(
      "The teacher's bias: -1 where nothing is said, which with white inputs and norm 1 makes its Pr[t>0] Φ(-1) = 0.16; " +
        '0 where the unit has no bias either',
    ),
});
export type TeacherOptions = z.output<typeof teacherSchema>;

const DEFAULT_BIAS = -1;

/** v and, where the unit has a bias, the teacher's as the last component. */
export function teacherWeights(options: TeacherOptions, unit: { readonly inputs: number; readonly hasBias: boolean }) {
  const weights = new Float64Array(unit.inputs + (unit.hasBias ? 1 : 0));
  const direction = teacherDirection(options.direction, unit.inputs);
  direction.forEach((component, i) => (weights[i] = options.norm * component));
  if (unit.hasBias) weights[unit.inputs] = options.bias ?? DEFAULT_BIAS;
  return weights;
}

/**
 * A unit vector: along the first axis; along (1, −1, 1, −1, …), which is orthogonal to inputs' common mean where their number is
 * even; or along the one given.
 */
export function teacherDirection(direction: TeacherDirection, inputs: number): Float64Array {
  const vector = Float64Array.from({ length: inputs }, (_, i) => {
    if (direction === 'axis') return i === 0 ? 1 : 0;
    if (direction === 'alternating') return i % 2 === 0 ? 1 : -1;
    return direction[i];
  });
  const norm = Math.hypot(...vector);
  return vector.map((component) => component / norm);
}
