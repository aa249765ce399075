import { validateDocument } from '@reluctant/core';
import { evaluateState, type StateEvaluation } from '../theory/evaluate.js';
import { casesSchema, type EvaluationCase } from './case-schema.js';

type Vector = readonly number[];
type Rows = readonly Vector[];

/** A state's closed forms as plain data, matrices as lists of rows. Numbers are not finite where the quantity is not. */
export interface EvaluatedCase extends Omit<StateEvaluation, 'drift' | 'jacobian' | 'a2' | 'q'> {
  readonly drift: Vector;
  readonly jacobian: Rows;
  readonly a2: Rows;
  readonly q: Rows;
}

/**
 * Every closed form at the states of a document `{ cases: [{ m, R, w, v, sigmaN, teacher, rule, alpha }] }`.
 * @param source name of the file, for messages
 * @throws `CONFIG_INVALID` with all issues together, each with its case and field
 */
export function evaluateCases(document: unknown, source: string): { readonly cases: readonly EvaluatedCase[] } {
  return { cases: validateDocument(casesSchema, document, source).cases.map(evaluateCase) };
}

function evaluateCase({ m, R, w, v, sigmaN, teacher, rule, alpha }: EvaluationCase): EvaluatedCase {
  const size = m.length;
  const model = {
    input: { size, mean: Float64Array.from(m), covariance: Float64Array.from(R.flat()) },
    teacher: { kind: teacher, weights: v ? Float64Array.from(v) : new Float64Array(size) },
    rule: { kind: rule, leak: alpha ?? 0 },
    noise: sigmaN,
  };
  const { drift, jacobian, a2, q, ...numbers } = evaluateState(model, Float64Array.from(w));
  return { ...numbers, drift: Array.from(drift), jacobian: rows(jacobian, size), a2: rows(a2, size), q: rows(q, size) };
}

function rows(matrix: Float64Array, size: number): Rows {
  return Array.from({ length: size }, (_, row) => Array.from(matrix.subarray(row * size, (row + 1) * size)));
}
