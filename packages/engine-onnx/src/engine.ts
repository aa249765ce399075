import {
  readParameters,
  ReluctantError,
  writeParameters,
  type Engine,
  type EngineStatus,
  type Network,
  type Session,
  type TrainingPlan,
} from '@reluctant/core';
import { onnxOptionsSchema, type OnnxOptions } from './options.js';
import { loadOnnxRuntime } from './runtime/onnx-runtime.js';
import { OnnxSession } from './session.js';

/** Compiles network, loss, update and taps to one ONNX graph a step and runs it with ONNX Runtime. */
export const onnxEngine: Engine<OnnxOptions> = {
  kind: 'onnx',
  summary: 'Whole training steps compiled to ONNX graphs, run by the native ONNX Runtime that npm installs.',
  options: onnxOptionsSchema,

  async status({ threads, provider }: OnnxOptions): Promise<EngineStatus> {
    try {
      const runtime = await loadOnnxRuntime();
      return {
        available: true,
        version: runtime.env.versions.node,
        device: `${provider} (${threads} ${threads === 1 ? 'thread' : 'threads'})`,
      };
    } catch (error) {
      return { available: false, reason: ReluctantError.from(error, 'ENGINE_UNAVAILABLE', 'Loading failed').message };
    }
  },

  /** Networks are built on tfjs's own JavaScript backend: it only has to hold the weights. */
  async prepare(): Promise<void> {
    const tf = await import('@tensorflow/tfjs-core');
    await import('@tensorflow/tfjs-backend-cpu');
    await tf.setBackend('cpu');
    await tf.ready();
  },

  async open(network: Network, plan: TrainingPlan, { threads, provider }: OnnxOptions): Promise<Session> {
    const runtime = await loadOnnxRuntime();
    return new OnnxSession(runtime, network, readParameters(network), plan, { provider, threads }, (parameters) =>
      writeParameters(network, parameters),
    );
  },
};
