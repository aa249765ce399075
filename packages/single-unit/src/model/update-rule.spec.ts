import { expect, it } from 'vitest';
import { RULE_KINDS, slopesBelow } from './update-rule.js';

it('has a slope of the output and a gate below 0 for every rule', () => {
  const slopes = RULE_KINDS.map((kind) => [kind, ...Object.values(slopesBelow({ kind, leak: 0.2 }))]);
  expect(slopes).toEqual([
    ['backprop', 0, 0],
    ['lms', 0, 1],
    ['surrogate', 0, 0.2],
    ['leaky', 0.2, 0.2],
  ]);
});
