import { expect, it } from 'vitest';
import { cpuEngine } from '../engines.js';
import { countCorrect, targetDistributions } from './softmax-cross-entropy.js';

it('spreads the smoothed share over all classes, the label included', async () => {
  await cpuEngine.prepare({});
  const targets = targetDistributions({ size: 2, x: new Float32Array(), y: Int32Array.of(0, 3) }, 4, 0.2);
  const rows = targets.arraySync();
  targets.dispose();
  for (const [row, label] of [0, 3].entries()) {
    for (const [index, share] of rows[row].entries()) expect(share).toBeCloseTo(index === label ? 0.85 : 0.05, 6);
  }
});

it('counts the first of equal logits, and no image with a NaN for its answer', () => {
  const batch = { size: 4, x: new Float32Array(), y: Int32Array.of(0, 1, 0, 1) };
  expect(countCorrect([2, 2, 2, 2, NaN, NaN, 1, 3], batch)).toBe(2);
});
