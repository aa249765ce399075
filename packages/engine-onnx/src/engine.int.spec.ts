import { engineConformance } from '@reluctant/core/testing';
import { describe } from 'vitest';
import { onnxEngine } from './engine.js';
import { onnxOptionsSchema } from './options.js';

// In this thread: a worker for each of these hundred sessions would start for longer than it computes. That sessions on a
// worker do the same is held by worker/worker-session.int.spec.ts.
const worker = onnxOptionsSchema.shape.worker.unwrap().default(false);
for (const [kind, how] of [
  ['native', 'auto'],
  ['stock', 'auto'],
  ['native', 'plain'],
] as const) {
  const runtime = onnxOptionsSchema.shape.runtime.unwrap().default(kind);
  const strategies = onnxOptionsSchema.shape.strategies.unwrap().default(how);
  const options = onnxOptionsSchema.extend({ worker, runtime, strategies });
  describe(`${kind} runtime, ${how} strategies`, () => engineConformance('onnx', () => ({ ...onnxEngine, options })));
}
