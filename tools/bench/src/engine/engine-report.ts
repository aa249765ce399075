import type { Machine } from '../machine.js';
import type { PytorchVersions } from '../pytorch/pytorch-program.js';
import type { MedianRatio, Summary } from '../stats.js';
import type { EngineSettings, MemoryLayout } from './engine-settings.js';

/** One row: durations in milliseconds a step. */
export interface ContenderReport {
  readonly side: 'ours' | 'pytorch';
  readonly watching: string;
  /** PyTorch's memory layout. */
  readonly layout?: MemoryLayout;
  readonly wall: Summary;
  /** Processor time, all threads together. */
  readonly cpu: Summary;
  /** From opening to the end of the first step. */
  readonly start: number;
  /** Of a process that holds this network alone. */
  readonly peakMemoryMiB?: number;
  /** Of PyTorch: time of our step, watched alike, over this one's. Below 1 ours is faster. */
  readonly ours?: {
    /** Of the ratios of every round. */
    readonly rounds: Summary;
    readonly ofMedians: number;
    readonly ofMinima: number;
  };
  /** Time over that of the same side watching nothing, round by round, where that was measured. */
  readonly overNothing?: MedianRatio;
  /** Wall times in the order of the rounds. */
  readonly samples: readonly number[];
}

/** One network and batch size: its subjects were interleaved with each other. */
export interface DuelReport {
  readonly architecture: string;
  readonly batch: number;
  readonly attempts: number;
  /** Cores that other programs kept busy meanwhile; left out where the system does not tell. */
  readonly foreignCores?: number;
  readonly noisy: boolean;
  /** Largest resident memory of this process so far; it holds all networks of ours at once. */
  readonly peakMemoryMiB: number;
  readonly contenders: readonly ContenderReport[];
}

/** Who was compared. */
export interface Sides {
  readonly ours: { readonly version?: string; readonly device?: string };
  /** `unavailable`: why PyTorch is not there. */
  readonly pytorch: PytorchVersions | { readonly unavailable: string };
}

export interface EngineReport extends Sides {
  readonly benchmark: 'engine';
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly machine: Machine;
  readonly settings: EngineSettings;
  readonly duels: readonly DuelReport[];
}
