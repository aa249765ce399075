import { ReluctantError } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { RULE_KINDS, type RuleKind } from '../model/update-rule.js';
import { largestDifference, REFERENCE_STATES } from '../testing/reference-drift.js';
import { evaluateCases } from './evaluate-cases.js';

const white = { m: [0, 1], R: [[1, 0], [0, 0]], w: [1, -1], v: [2, 0.5] }; // prettier-ignore

/** A reference state as a case of a file. */
function caseOf({ model, weights }: (typeof REFERENCE_STATES)[number], rule: RuleKind) {
  const { input, teacher, noise, rule: gate } = model(rule);
  const rows = Array.from({ length: input.size }, (_, row) =>
    Array.from(input.covariance.slice(row * input.size, (row + 1) * input.size)),
  );
  return {
    m: [...input.mean],
    R: rows,
    w: [...weights],
    v: [...teacher.weights],
    sigmaN: noise,
    teacher: teacher.kind,
    rule,
    alpha: gate.leak,
  };
}

function problems(...cases: readonly object[]): string[] {
  try {
    evaluateCases({ cases }, 'states.json');
  } catch (error) {
    if (ReluctantError.is(error) && error.code === 'CONFIG_INVALID') {
      return error.issues.map(({ path, message }) => `${path}: ${message}`);
    }
    throw error;
  }
  return [];
}

describe('evaluateCases', () => {
  it.each(RULE_KINDS)(
    'gives the exact values of reference states, in the order of the cases, for the rule %s',
    (rule) => {
      const { cases } = evaluateCases({ cases: REFERENCE_STATES.map((state) => caseOf(state, rule)) }, 'states.json');
      REFERENCE_STATES.forEach(({ expected, drift }, index) => {
        const found = cases[index];
        expect(Math.abs(found.p / expected.p - 1)).toBeLessThan(1e-12);
        expect(found.rho).toBeCloseTo(expected.rho, 13);
        expect(largestDifference(found.a2.flat(), expected.a2)).toBeLessThan(1e-11);
        expect(largestDifference(found.drift, drift[rule])).toBeLessThan(1e-11);
        if (rule !== 'backprop') return;
        expect(largestDifference(found.q.flat(), expected.q)).toBeLessThan(1e-9);
        expect(largestDifference(found.jacobian.flat(), expected.jacobian)).toBeLessThan(1e-10);
        expect(Math.abs(found.mse / expected.mse - 1)).toBeLessThan(1e-12);
      });
    },
  );

  it('keeps every digit in JSON', () => {
    const evaluated = evaluateCases({ cases: [white] }, 'states.json');
    expect(JSON.parse(JSON.stringify(evaluated))).toEqual(evaluated);
  });

  it('handles a pre-activation that does not vary: active or not for every input', () => {
    const { cases } = evaluateCases(
      {
        cases: [
          { ...white, w: [0, 0.5] },
          { ...white, w: [0, 0] },
        ],
      },
      'states.json',
    );
    expect(cases.map(({ p }) => p)).toEqual([1, 0]);
    // E[(d − 0.5) x] with d = max(2z + 0.5, 0): its second component is E[d] − 0.5.
    expect(cases[0].drift[1]).toBeCloseTo(2 * (0.25 * 0.5987063 + 0.3866681) - 0.5, 6);
    expect(cases[1].drift).toEqual([0, 0]);
  });

  it('needs no teacher for the teacher zero', () => {
    const { v: _, ...rest } = white;
    const { cases } = evaluateCases({ cases: [{ ...rest, teacher: 'zero' }] }, 'states.json');
    expect(cases[0].drift[1]).toBeLessThan(0);
  });

  it('needs none for an error of noise alone either, which has no drift', () => {
    const { v: _, ...rest } = white;
    const { cases } = evaluateCases({ cases: [{ ...rest, teacher: 'none', sigmaN: 0.5 }] }, 'states.json');
    expect(cases[0]).toMatchObject({ drift: [0, 0], jacobian: [[0, 0], [0, 0]], mse: 0.25, excess: 0 }); // prettier-ignore
    cases[0].q.flat().forEach((value, i) => expect(value).toBeCloseTo(0.25 * cases[0].a2.flat()[i], 14));
  });

  it('names the case and the field of everything that is wrong, all together', () => {
    expect(
      problems(
        white,
        { ...white, w: [1, 2, 3], teacher: 'rleu' },
        { ...white, R: [[1, 2], [2, 1]], sigmaN: -1 }, // prettier-ignore
      ),
    ).toEqual([
      expect.stringMatching(/^cases\.1\.teacher: /),
      expect.stringMatching(/^cases\.2\.sigmaN: /),
      expect.stringMatching(/^cases\.2\.R\.1: /),
    ]);
    expect(
      problems(
        { ...white, w: [1, 2, 3], v: [1] },
        { ...white, R: [[1, 2], [2, 1]] }, // prettier-ignore
        { ...white, R: [[1, 0]] },
        { ...white, rule: 'leaky' },
        { ...white, v: undefined },
      ),
    ).toEqual([
      'cases.0.w: It needs 2 numbers, as many as m has, not 3.',
      'cases.0.v: It needs 2 numbers, as many as m has, not 1.',
      expect.stringMatching(/^cases\.1\.R\.1: A covariance is positive semi-definite/),
      expect.stringMatching(/^cases\.2\.R: It needs one row for each of the 2 inputs, not 1/),
      'cases.3.alpha: The rule leaky needs it.',
      'cases.4.v: The teacher relu needs its weights.',
    ]);
    expect(problems({ ...white, x: 1 })).toEqual([expect.stringMatching(/^cases\.0: Unknown key "x"/)]);
  });
});
