import type { InitializerSpec } from '../initializer/initializer-spec.js';
import type { InterventionTiming } from '../intervention/intervention-timing.js';
import type { OptimizerSpec } from '../optimizer/optimizer-spec.js';
import type { ScheduleSpec } from '../schedule/schedule-spec.js';

/** A plugin's options together with the kind that chose it. */
export interface Choice {
  readonly kind: string;
  readonly [option: string]: unknown;
}

/** An intervention's options together with the kind that chose it and when it is applied. */
export interface InterventionChoice extends Choice {
  readonly when: InterventionTiming;
}

export interface TrainingOptions {
  readonly epochs: number;
  readonly batchSize: number;
  /** Base learning rate, before the schedule. */
  readonly learningRate: number;
  readonly schedule: ScheduleSpec;
  readonly optimizer: OptimizerSpec;
  readonly labelSmoothing: number;
  /** Epochs between checkpoints. */
  readonly checkpointEvery: number;
}

export interface MeasurementOptions {
  readonly everyEpochs: number;
  readonly everySteps?: number;
  readonly batchSize: number;
  readonly onProbeFailure: 'fail' | 'drop';
}

/** An experiment that trains a network, with every default filled in. */
export interface TrainingExperiment {
  readonly name: string;
  readonly seed: number;
  readonly plugins: readonly string[];
  readonly dataset: Choice;
  readonly architecture: Choice;
  readonly initializer: InitializerSpec;
  readonly engine: Choice;
  readonly probes: readonly Choice[];
  readonly interventions: readonly InterventionChoice[];
  readonly training: TrainingOptions;
  readonly measurement: MeasurementOptions;
}

/** An experiment that simulates a model by itself. */
export interface SimulationExperiment {
  readonly name: string;
  readonly seed: number;
  readonly plugins: readonly string[];
  readonly simulation: Choice;
}

export type Experiment = TrainingExperiment | SimulationExperiment;

export function isSimulation(experiment: Experiment): experiment is SimulationExperiment {
  return 'simulation' in experiment;
}
