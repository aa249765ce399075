import {
  readParameters,
  ReluctantError,
  writeParameters,
  type Engine,
  type EngineStatus,
  type NamedArrays,
  type Network,
  type OpeningContext,
  type Session,
  type TrainingPlan,
  type TuningMemory,
} from '@reluctant/core';
import { buildSession } from './build-session.js';
import { describeDevice, describeStrategies, describeTunings } from './device/describe-device.js';
import { detectDevice } from './device/detect-device.js';
import { onnxOptionsSchema, type OnnxOptions } from './options.js';
import { openRuntime } from './runtime/open-runtime.js';
import type { Runtime } from './runtime/runtime.js';
import type { OnnxSession } from './session.js';
import { openRemembering } from './tune/open-remembering.js';
import { processMemory } from './tune/process-memory.js';
import type { TuningProgress } from './tune/tune-strategies.js';
import type { TunedSession } from './tune/tuned-session.js';
import { readTuning, type Tuning } from './tune/tuning.js';
import { tuningDevice, tuningKey } from './tune/tuning-key.js';
import { startWorker } from './worker/start-worker.js';
import { WorkerSession } from './worker/worker-session.js';

/**
 * Compiles network, loss, update and taps to one ONNX graph a step and runs it with ONNX Runtime.
 *
 * @param load gives ONNX Runtime as the options ask for; it throws where its native library can't be loaded
 * @param memory keeps what tuning finds; by default it is known in this process only
 */
export function createOnnxEngine(
  load: (options: OnnxOptions) => Promise<Runtime>,
  memory: TuningMemory = processMemory,
): Engine<OnnxOptions> {
  return {
    kind: 'onnx',
    summary: 'Whole training steps compiled to ONNX graphs, run by the native ONNX Runtime that npm installs.',
    options: onnxOptionsSchema,

    async status(options: OnnxOptions): Promise<EngineStatus> {
      try {
        const runtime = await load(options);
        const device = await detectDevice(runtime, options);
        const remembered = (await memory.list(tuningDevice(runtime, device))).flatMap(
          (value) => readTuning(value) ?? [],
        );
        return {
          available: true,
          version: runtime.version,
          device: describeDevice(device, runtime.name),
          details: [describeStrategies(device), describeTunings(device, options.tune, remembered)],
        };
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

    async open(
      network: Network,
      plan: TrainingPlan,
      options: OnnxOptions,
      { onProgress }: OpeningContext = {},
    ): Promise<Session> {
      const runtime = await load(options).catch((error: unknown) => {
        throw unavailable(error);
      });
      const { graph, sites } = network;
      const writeBack = (parameters: NamedArrays) => writeParameters(network, parameters);
      const tell = ({ done, total, signature }: TuningProgress) =>
        onProgress?.({ label: `tuning ${signature.split(' ', 4).join(' ')}`, done, total });
      const openSession = async (tuning?: Tuning): Promise<TunedSession<OnnxSession | WorkerSession>> => {
        const spec = { network: { graph, sites }, initial: readParameters(network), plan, options, tuning };
        if (!options.worker) return buildSession(runtime, spec, writeBack, { onProgress: tell, pause: async () => {} });
        const session = new WorkerSession(startWorker(spec), writeBack, tell);
        return { session, tuning: (await session.opened).tuning };
      };

      if (!options.tune) return (await openSession()).session;
      const device = await detectDevice(runtime, options);
      if (device.block === undefined) return (await openSession()).session;
      const { session, tuning } = await openRemembering(memory, tuningKey(runtime, device, graph), openSession);
      session.device = describeDevice(device, runtime.name, tuning);
      return session;
    },
  };
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
