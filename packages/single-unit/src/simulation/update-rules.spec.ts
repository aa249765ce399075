import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { updateRule } from './update-rules.js';

const preactivation = fc.double({ min: -10, max: 10, noNaN: true }).filter((s) => Math.abs(s) > 1e-3);

describe('updateRule', () => {
  it.each(['backprop', 'leaky'] as const)('%s gates by the slope of its output', (kind) => {
    const rule = updateRule(kind, 0.1);
    fc.assert(
      fc.property(preactivation, (s) => {
        const slope = (rule.output(s + 1e-6) - rule.output(s - 1e-6)) / 2e-6;
        expect(rule.gate(s)).toBeCloseTo(slope, 6);
      }),
    );
  });

  it('lms has the output of backprop and no gate', () => {
    const lms = updateRule('lms', 0.1);
    const backprop = updateRule('backprop', 0.1);
    fc.assert(
      fc.property(preactivation, (s) => {
        expect(lms.output(s)).toBe(backprop.output(s));
        expect(lms.gate(s)).toBe(1);
      }),
    );
  });

  it('counts a pre-activation of exactly 0 as inactive', () => {
    expect(updateRule('backprop', 0).gate(0)).toBe(0);
    expect(updateRule('leaky', 0.1).gate(0)).toBe(0.1);
  });
});
