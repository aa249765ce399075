import { onnxEngine } from '@reluctant/engine-onnx';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareEngines } from './testing/compare-engines.js';

/** A smaller seed is not a smaller network, so only the parts shrink. */
const subject = fc.record({ seed: fc.noShrink(fc.nat()), parts: fc.integer({ min: 0, max: 8 }) });
const NETWORKS = 20;

it('the engines onnx and cpu agree on random networks, step by step', { timeout: 180_000 }, async () => {
  await onnxEngine.prepare(onnxEngine.options.parse({}));
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(subject, async (of) => {
      compared += await compareEngines(of);
    }),
    { seed: 1, numRuns: NETWORKS },
  );
  // Were most passes near a kink, little would have been compared.
  expect(compared).toBeGreaterThan(3 * NETWORKS);
});
