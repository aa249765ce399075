import { z } from 'zod';
import { covarianceProblems } from '../model/covariance.js';
import { hasSignal, TEACHER_KINDS } from '../model/teacher.js';
import { RULE_KINDS } from '../model/update-rule.js';

const TEACHERS = 'relu, linear, zero: no signal, the error is noise less the output, or none: the error is noise alone';
const vector = z.array(z.number()).min(1);

const caseSchema = z
  .strictObject({
    m: vector.describe('Mean of x, n numbers. A bias is a component of mean 1 with a row and a column of zeros in R'),
    R: z.array(z.array(z.number())).describe('Covariance of x, n rows of n numbers'),
    w: vector.describe('Weights of the unit, n numbers'),
    v: vector.optional().describe("The teacher's weights, n numbers; may be left out for the teachers zero and none"),
    sigmaN: z.number().nonnegative().default(0).describe('Standard deviation of the noise on the desired signal'),
    teacher: z.enum(TEACHER_KINDS).default('relu').describe(TEACHERS),
    rule: z.enum(RULE_KINDS).default('backprop').describe('backprop, lms, surrogate or leaky'),
    alpha: z.number().min(0).max(1).optional().describe('Slope or gate below 0 of surrogate and leaky, which need it'),
  })
  .superRefine(({ m, R, w, v, teacher, rule, alpha }, context) => {
    const issue = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const size = m.length;
    for (const [name, { length }] of Object.entries({ w, ...(v && { v }) })) {
      if (length !== size) issue([name], `It needs ${size} numbers, as many as m has, not ${length}.`);
    }
    for (const { path, message } of covarianceProblems({ kind: 'full', matrix: R }, size)) {
      issue(['R', ...path.slice(1)], message);
    }
    if (!v && hasSignal(teacher)) issue(['v'], `The teacher ${teacher} needs its weights.`);
    if (alpha === undefined && (rule === 'surrogate' || rule === 'leaky'))
      issue(['alpha'], `The rule ${rule} needs it.`);
  });

/** States at which closed forms are wanted. */
export const casesSchema = z.strictObject({ cases: z.array(caseSchema).min(1) });
export type EvaluationCase = z.output<typeof caseSchema>;
