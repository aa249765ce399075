import type { Batch, LoadContext } from '../dataset/dataset.js';
import type { Network } from '../graph/network.js';
import type { OptimizerSpec } from '../optimizer/optimizer-spec.js';
import type { Plugin } from '../plugin/plugin.js';
import { serviceIdentifier } from '../plugin/service-identifier.js';
import type { Tap, TapValue } from '../probe/tap.js';
import type { NamedArrays } from './named-arrays.js';

export interface EngineStatus {
  readonly available: boolean;
  /** Version of the library that computes. */
  readonly version?: string;
  /** e.g. `cpu (2 threads)`. */
  readonly device?: string;
  /** More about how it computes there and why, a sentence each. */
  readonly details?: readonly string[];
  /** Where not available: why, and what to do about it. */
  readonly reason?: string;
}

/** Mean softmax cross-entropy over the batch, from logits. */
export interface LossSpec {
  readonly kind: 'softmax-cross-entropy';
  /** Share of the target spread evenly over all classes, in [0, 1). */
  readonly labelSmoothing: number;
}

export interface TrainingPlan {
  readonly optimizer: OptimizerSpec;
  readonly loss: LossSpec;
  /** Those on `training-step` are computed by `trainStep`, those on `probe-split` by `evaluate`. */
  readonly taps: readonly Tap[];
  /** Seed of the run: dropout masks derive from it, the step and the node's name. */
  readonly seed: number;
}

/** What varies from step to step. */
export interface Hyperparameters {
  readonly learningRate: number;
  /** Steps taken before this one: 0 for the first. Feeds bias corrections and dropout masks. */
  readonly step: number;
}

export interface StepResult {
  /** Mean loss over the batch, before the update. May be non-finite: the caller decides. */
  readonly loss: number;
  /** Images whose largest logit is the label's (the first of equals). One with a NaN among its logits counts as wrong. */
  readonly correct: number;
  readonly taps: readonly TapValue[];
}

/** As `StepResult`, in evaluation mode (dropout off, moving statistics), with nothing changed. */
export interface EvaluationResult extends StepResult {
  /** [size, classes] row-major, where they were asked for. */
  readonly logits?: Float32Array;
}

export interface EvaluationOptions {
  /** `false` leaves the probe-split taps out, for plain test-set evaluation. Default `true`. */
  readonly taps?: boolean;
  /** Whether the logits are wanted as well. Default `false`, which costs nothing. */
  readonly logits?: boolean;
}

/**
 * A network being trained by an engine. Calls must not overlap. Any batch size ≥ 1 is taken, and may change between calls; a batch
 * that does not fit the network is refused with `DATASET_CORRUPT`, and nothing is changed then.
 */
export interface Session {
  /** As `EngineStatus.device`, where there is more to say of this very session. */
  readonly device?: string;
  /**
   * Graph nodes that it computes by Winograd's algorithm, whose rounding errors may exceed those of sums of products; all other
   * convolutions are such sums, in any order.
   */
  readonly winograd?: readonly string[];
  trainStep(batch: Batch, hyperparameters: Hyperparameters): Promise<StepResult>;
  evaluate(batch: Batch, options?: EvaluationOptions): Promise<EvaluationResult>;
  /**
   * Copies of all parameters (by their graph names) and optimizer slots (`optimizer/<slot>/<parameter>`), in tfjs layouts.
   * `writeState(await readState())` changes nothing, bit for bit.
   */
  readState(): Promise<NamedArrays>;
  /** Throws `RUN_CORRUPT` naming the first array that is missing, unknown or of another shape; nothing is changed then. */
  writeState(state: NamedArrays): Promise<void>;
  /** Releases everything; also writes the parameters back into `network.model`. Idempotent. */
  close(): Promise<void>;
}

/** What goes with opening a session. */
export interface OpeningContext {
  /** Called where opening takes long. */
  readonly onProgress?: LoadContext['onProgress'];
}

/** Trains networks. */
export interface Engine<O = unknown> extends Plugin<O> {
  /** Cheap: no network is compiled. */
  status(options: O): Promise<EngineStatus>;
  /** Makes ready the tfjs backend on which networks for this engine are built. Called before any architecture builds. */
  prepare(options: O): Promise<void>;
  /**
   * Compiles or wraps the network, starting from the model's present weights and zero slots. Throws `ENGINE_UNAVAILABLE`
   * where the engine can't run here, `ENGINE_UNSUPPORTED` (naming the node) for an operation or tap it doesn't know.
   */
  open(network: Network, plan: TrainingPlan, options: O, context?: OpeningContext): Promise<Session>;
}
export const Engine = serviceIdentifier<Engine>('Engine');
