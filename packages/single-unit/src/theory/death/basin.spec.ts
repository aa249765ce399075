import { describe, expect, it } from 'vitest';
import reference from '../../testing/reference-death.json' with { type: 'json' };
import { whiteUnit } from '../../testing/white-unit.js';
import { criticalOverlap, diesBy } from './basin.js';
import { deathProbability } from './death-probability.js';

/** A teacher of length 1 along the first of so many inputs. */
const unitOf = (inputs: number, bias: number) => whiteUnit([1, ...new Array<number>(inputs - 1).fill(0), bias], true);

describe('the basin of death', () => {
  it.each(reference.matchedBasin.boundary.filter((_, i) => i % 4 === 0))(
    'has its boundary where the reference has it, at |w| = $norm and a short horizon',
    ({ norm, overlap }) => {
      const { horizon, below, teacherBias } = reference.matchedBasin;
      const critical = criticalOverlap(unitOf(2, teacherBias), true, { norm, bias: 0 }, { horizon, below });
      expect(Math.abs(critical - overlap)).toBeLessThan(2e-5);
    },
  );

  it.each(reference.longBasin.boundary)('… and a long one, at |w| = $norm, teacher bias $teacherBias', (expected) => {
    const { horizon, below } = reference.longBasin;
    const start = { norm: expected.norm, bias: 0 };
    const critical = criticalOverlap(unitOf(2, expected.teacherBias), true, start, { horizon, below });
    // The reference's own bisection ended there.
    expect(Math.abs(critical - expected.overlap)).toBeLessThan(7e-5);
  });

  it('grows with |w| and as the teacher fires less, and shrinks as the horizon recedes', () => {
    const at = (norm: number, bias: number, horizon: number) =>
      criticalOverlap(unitOf(2, bias), true, { norm, bias: 0 }, { horizon, below: 1e-3 }, 1e-3);
    expect(at(2, -1, 3000)).toBeGreaterThan(at(1, -1, 3000));
    expect(at(1, -1.3, 3000)).toBeGreaterThan(at(1, -1, 3000));
    expect(at(1, -1, 30000)).toBeLessThan(at(1, -1, 3000));
  });

  it('is everything where there is no signal, and nothing where the unit has recovered before the horizon', () => {
    const unit = unitOf(3, -1);
    const zero = { ...unit, teacher: { ...unit.teacher, kind: 'zero' } } as const;
    const criterion = { horizon: 120, below: 1e-3 };
    expect(criticalOverlap(zero, true, { norm: 1, bias: 0 }, criterion)).toBe(1);
    expect(criticalOverlap(zero, true, { norm: 1, bias: 0 }, { ...criterion, horizon: 110 })).toBe(-1);
    const lms = { ...unit, rule: { kind: 'lms', leak: 0 } } as const;
    expect(criticalOverlap(lms, true, { norm: 1, bias: 0 }, criterion)).toBe(-1);
    expect(diesBy(unit, unit.teacher.weights, criterion)).toBe(false);
  });

  it('is known for white inputs only', () => {
    const unit = unitOf(2, -1);
    const input = { ...unit.input, mean: Float64Array.of(0.3, 0, 1) };
    expect(() => criticalOverlap({ ...unit, input }, true, { norm: 1, bias: 0 }, { horizon: 1, below: 0.1 })).toThrow(
      'white',
    );
  });
});

describe('the probability of death', () => {
  it('matches the integral of the reference over He initialisation', () => {
    const { horizon, below, teacherBias, inputs, probability } = reference.matchedBasin;
    const share = deathProbability(
      unitOf(inputs, teacherBias),
      true,
      { variance: 2 / inputs, bias: 0 },
      { horizon, below },
    );
    expect(Math.abs(share - probability)).toBeLessThan(0.001);
  });

  it.each(reference.longBasin.probabilities)(
    'matches it over a long horizon for L = $inputs, L · variance = $scale, teacher bias $teacherBias',
    ({ inputs, scale, teacherBias, probability }) => {
      const { horizon, below } = reference.longBasin;
      const start = { variance: scale / inputs, bias: 0 };
      const share = deathProbability(unitOf(inputs, teacherBias), true, start, { horizon, below });
      expect(Math.abs(share / probability - 1)).toBeLessThan(0.02);
    },
  );

  it('is one half for a single input, where only w of the opposite sign dies', () => {
    const share = deathProbability(unitOf(1, -1), true, { variance: 0.5, bias: 0 }, { horizon: 80, below: 0.01 });
    expect(share).toBeCloseTo(0.5, 8);
  });
});
