import type { InferenceSession, Tensor } from 'onnxruntime-common';
import type { OnnxRuntime } from './onnx-runtime.js';
import type { GraphRunner, Threading } from './runtime.js';
import { ERRORS_ONLY, sessionConfiguration } from './session-settings.js';

/** Where a graph computes. */
export type Provider = 'cpu' | 'cuda' | 'webgpu';

interface Placement {
  readonly provider?: Provider;
  /** Of the session, by ONNX Runtime's keys, beside the one that all have. */
  readonly configuration?: Readonly<Record<string, string>>;
}

/** Loads a model by the stock binding. */
export async function createGraphRunner(
  runtime: OnnxRuntime,
  model: Uint8Array,
  { threads, spinning }: Threading,
  { provider = 'cpu', configuration = {} }: Placement = {},
): Promise<GraphRunner<Tensor>> {
  const session: InferenceSession = await runtime.InferenceSession.create(model, {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    logSeverityLevel: ERRORS_ONLY,
    extra: { ...sessionConfiguration(spinning), ...configuration },
  });
  return {
    outputs: session.outputNames,
    async run(feeds, fetches) {
      const outputs = await session.run(feeds, fetches);
      return Object.fromEntries(Object.entries(outputs).filter(([name]) => fetches[name] === null));
    },
    release: () => session.release(),
  };
}
