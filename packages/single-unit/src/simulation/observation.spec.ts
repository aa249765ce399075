import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TEACHER_KINDS } from '../model/teacher.js';
import { unitModel } from '../model/unit-model.js';
import { unitOptionsSchema } from '../model/unit-options.js';
import { evaluateState } from '../theory/evaluate.js';
import { RULE_KINDS } from '../model/update-rule.js';
import { observer } from './observation.js';

const number = fc.double({ min: -3, max: 3, noNaN: true });
const modelOf = (options: object) => unitModel(unitOptionsSchema.parse(options));

it('is what the theory says of the whole unit, for normal inputs', () => {
  const cases = fc.record({
    kind: fc.constantFrom(...TEACHER_KINDS),
    rule: fc.constantFrom(...RULE_KINDS),
    correlation: fc.constantFrom(0, 0.7),
    inputMean: number,
    bias: number,
    weights: fc.array(number, { minLength: 4, maxLength: 4 }),
    near: fc.constantFrom(1, 0.1, 1e-6, 0),
  });
  fc.assert(
    fc.property(cases, ({ kind, rule, correlation, inputMean, bias, weights, near }) => {
      const covariance = { kind: 'ar1', correlation };
      const teacher = { kind, direction: [1, 2, -2], norm: 1, bias };
      const model = modelOf({ inputs: 3, inputMean, covariance, rule, leak: 0.2, teacher });
      // As near to the teacher as asked for.
      const state = model.teacher.weights.map((value, i) => value + near * weights[i]);
      const { p, excess } = evaluateState(model, state);
      const { activation, excessError } = observer(model, 1)(state);
      // Φ of a ratio of rounded numbers.
      expect(Math.abs(activation - p)).toBeLessThan(1e-12);
      expect(Math.abs(excessError - excess)).toBeLessThan(1e-9 * excess + 1e-15);
    }),
  );
});

it('counts where inputs are not normal', () => {
  const patches = [[1, 0], [0, 1], [-1, 1], [0, -1]]; // prettier-ignore
  const model = modelOf({ inputs: 2, distribution: 'patches', patches, bias: false, rule: 'leaky', leak: 0.5 });
  // s is 1, −1, −2, 1 and t is 1, 0, −1, 0; outputs are 1, −0.5, −1, 1.
  expect(observer(model, 1)(Float64Array.of(1, -1))).toEqual({
    activation: 0.5,
    excessError: (0 + 0.25 + 1 + 1) / 4,
    norm: Math.SQRT2,
    overlap: expect.closeTo(Math.SQRT1_2, 14),
  });
});

it.each(['uniform', 'laplace', 'bernoulli'])('comes near what the theory says of normal inputs: %s', (distribution) => {
  // With many inputs sums are nearly normal, whatever the inputs are.
  const options = { inputs: 100, teacher: { direction: 'alternating' } };
  const state = Float64Array.from({ length: 101 }, (_, i) => (i === 100 ? -0.3 : 0.1 * Math.cos(i)));
  const [counted, exact] = [{ ...options, distribution }, options].map((o) => observer(modelOf(o), 1)(state));
  expect(counted.activation).toBeCloseTo(exact.activation, 1);
  expect(counted.excessError / exact.excessError).toBeCloseTo(1, 0);
});
