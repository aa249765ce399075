import type { InferenceSession, Tensor } from 'onnxruntime-common';
import type { OnnxRuntime } from './onnx-runtime.js';

/** A model loaded into ONNX Runtime. */
export interface GraphRunner {
  readonly outputs: readonly string[];
  run(feeds: Readonly<Record<string, Tensor>>, fetches: Record<string, Tensor | null>): Promise<Record<string, Tensor>>;
  release(): Promise<void>;
}

/** Loads a model. `threads` is the number of threads that compute one operator. */
export async function createGraphRunner(
  runtime: OnnxRuntime,
  model: Uint8Array,
  threads: number,
): Promise<GraphRunner> {
  const session: InferenceSession = await runtime.InferenceSession.create(model, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    logSeverityLevel: ERRORS_ONLY,
    // Several sessions live side by side; threads that spin between runs would steal cores from the one that computes.
    extra: { session: { force_spinning_stop: '1' } },
  });
  return {
    outputs: session.outputNames,
    run: (feeds, fetches) => session.run(feeds, fetches) as Promise<Record<string, Tensor>>,
    release: () => session.release(),
  };
}

const ERRORS_ONLY = 3;
