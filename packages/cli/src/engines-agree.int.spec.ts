import { onnxEngine } from '@reluctant/engine-onnx';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareEngines } from './testing/compare-engines.js';

/** Network, plan and batches follow from these two numbers, so a failure is reproduced by what fast-check prints. */
const subject = fc.record({ seed: fc.nat(), parts: fc.integer({ min: 0, max: 8 }) });

it('the engines onnx and cpu agree on random networks, step by step', async () => {
  await onnxEngine.prepare(onnxEngine.options.parse({}));
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(subject, async (of) => {
      compared += await compareEngines(of);
    }),
    { seed: 1, numRuns: 60 },
  );
  // Were most passes near a kink, little would have been compared.
  expect(compared).toBeGreaterThan(60);
});
