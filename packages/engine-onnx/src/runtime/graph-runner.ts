import type { InferenceSession, Tensor } from 'onnxruntime-common';
import type { OnnxRuntime } from './onnx-runtime.js';

/** A model loaded into ONNX Runtime. */
export interface GraphRunner {
  readonly outputs: readonly string[];
  run(feeds: Readonly<Record<string, Tensor>>, fetches: Record<string, Tensor | null>): Promise<Record<string, Tensor>>;
  release(): Promise<void>;
}

export interface Threading {
  /** Threads that compute one operator. */
  readonly threads: number;
  /** Whether they wait busily for the next operator. */
  readonly spinning: boolean;
}

/** Loads a model. */
export async function createGraphRunner(
  runtime: OnnxRuntime,
  model: Uint8Array,
  { threads, spinning }: Threading,
): Promise<GraphRunner> {
  const session: InferenceSession = await runtime.InferenceSession.create(model, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    logSeverityLevel: ERRORS_ONLY,
    // Several sessions live side by side: threads that spun on between runs would steal cores from the one that computes.
    extra: {
      session: { intra_op: { allow_spinning: spinning ? '1' : '0' }, force_spinning_stop: '1' },
      optimization: { disable_specified_optimizers: UNSOUND_OPTIMIZERS },
    },
  });
  return {
    outputs: session.outputNames,
    run: (feeds, fetches) => session.run(feeds, fetches) as Promise<Record<string, Tensor>>,
    release: () => session.release(),
  };
}

const ERRORS_ONLY = 3;

/** It makes a padding with zeros part of the max pool that follows, whose own padding never wins a window (1.30). */
const UNSOUND_OPTIMIZERS = 'Pad_Fusion';
