import type { NamedArrays, TrainingPlan } from '@reluctant/core';
import type { DetectedDevice } from '../device/detect-device.js';
import type { Runtime } from '../runtime/runtime.js';
import { OnnxSession, type TrainedNetwork } from '../session.js';
import { noiseBatch } from './noise-batch.js';
import type { Trial } from './trial.js';
import { tuneStrategies, type TuningProgress } from './tune-strategies.js';
import type { Tuning } from './tuning.js';

const BATCH = 64;

export interface TuningHooks {
  readonly onProgress: (progress: TuningProgress) => void;
  /** Awaited before every step: where tuning may be stopped. */
  readonly pause: () => Promise<void>;
}

/**
 * Tunes the strategies of a network by real training steps on this device: sessions of their own, from copies of `initial`, without taps,
 * all of them released in the end.
 */
export async function tuneNetwork(
  runtime: Runtime,
  network: TrainedNetwork,
  initial: NamedArrays,
  plan: TrainingPlan,
  device: DetectedDevice,
  { onProgress, pause }: TuningHooks,
): Promise<Tuning> {
  const untapped = { ...plan, taps: [] };
  const batch = noiseBatch(network.graph, BATCH);
  const open = async (choices: Tuning['choices']): Promise<Trial> => {
    const session = new OnnxSession(runtime, network, initial, untapped, device, () => undefined, choices);
    return {
      close: () => session.close(),
      async step() {
        await pause();
        const start = performance.now();
        // At a learning rate of 0 weights stay what they are: trained on noise, they could overflow, and numbers near 0 are slow.
        await session.trainStep(batch, { learningRate: 0, step: 0 });
        return performance.now() - start;
      },
    };
  };
  return tuneStrategies(network.graph, device, open, onProgress);
}
