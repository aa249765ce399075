import {
  readParameters,
  ReluctantError,
  writeParameters,
  type Engine,
  type EngineStatus,
  type NamedArrays,
  type Network,
  type Session,
  type TrainingPlan,
} from '@reluctant/core';
import { detectDevice, type DetectedDevice } from './device/detect-device.js';
import { onnxOptionsSchema, type OnnxOptions } from './options.js';
import { openRuntime } from './runtime/open-runtime.js';
import type { Runtime } from './runtime/runtime.js';
import { OnnxSession } from './session.js';
import { startWorker } from './worker/start-worker.js';
import { WorkerSession } from './worker/worker-session.js';

/**
 * Compiles network, loss, update and taps to one ONNX graph a step and runs it with ONNX Runtime.
 *
 * @param load gives ONNX Runtime as the options ask for; it throws where its native library can't be loaded
 */
export function createOnnxEngine(load: (options: OnnxOptions) => Promise<Runtime>): Engine<OnnxOptions> {
  return {
    kind: 'onnx',
    summary: 'Whole training steps compiled to ONNX graphs, run by the native ONNX Runtime that npm installs.',
    options: onnxOptionsSchema,

    async status(options: OnnxOptions): Promise<EngineStatus> {
      try {
        const runtime = await load(options);
        const device = await detectDevice(runtime, options);
        return { available: true, version: runtime.version, device: describeDevice(device, runtime.name) };
      } catch (error) {
        return { available: false, reason: unavailable(error).message };
      }
    },

    /** Networks are built on tfjs's own JavaScript backend: it only has to hold the weights. */
    async prepare(): Promise<void> {
      const tf = await import('@tensorflow/tfjs-core');
      // Its first tensor otherwise prints advice to install another backend, which is not what computes here.
      tf.enableProdMode();
      await import('@tensorflow/tfjs-backend-cpu');
      await tf.setBackend('cpu');
      await tf.ready();
    },

    async open(network: Network, plan: TrainingPlan, options: OnnxOptions): Promise<Session> {
      const runtime = await load(options).catch((error: unknown) => {
        throw unavailable(error);
      });
      const { graph, sites } = network;
      const initial = readParameters(network);
      const writeBack = (parameters: NamedArrays) => writeParameters(network, parameters);
      if (!options.worker) {
        const device = await detectDevice(runtime, options);
        return new OnnxSession(runtime, { graph, sites }, initial, plan, device, writeBack);
      }
      const session = new WorkerSession(startWorker({ network: { graph, sites }, initial, plan, options }), writeBack);
      await session.opened;
      return session;
    },
  };
}

function describeDevice({ provider, threads, block, plainBecause }: DetectedDevice, runtime: Runtime['name']): string {
  const traits = [
    threads === 1 ? '1 thread' : `${threads} threads`,
    ...(runtime === 'native' ? ['zero-copy'] : []),
    block === undefined ? `plain strategies: ${plainBecause}` : `channels in blocks of ${block}`,
  ];
  return `${provider} (${traits.join(', ')})`;
}

function unavailable(error: unknown): ReluctantError {
  if (ReluctantError.is(error)) return error;
  const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return new ReluctantError(
    'ENGINE_UNAVAILABLE',
    `The onnx engine needs the native library of onnxruntime-node, which can't be loaded on ` +
      `${process.platform}-${process.arch}: ${reason}. Reinstall onnxruntime-node, or choose another engine.`,
    { cause: error },
  );
}

/** The engine with the ONNX Runtime that is installed. */
export const onnxEngine = createOnnxEngine(openRuntime);
