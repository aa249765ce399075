import type { Machine } from '../machine.js';
import type { Summary } from '../stats.js';
import type { StoreSettings } from './store-settings.js';

export interface StoreReport {
  readonly benchmark: 'store';
  readonly time: string;
  readonly machine: Machine;
  readonly settings: StoreSettings;
  /** Of the whole record on the disk. */
  readonly mebibytes: number;
  /** Milliseconds of recording an epoch, the run's events alone: by the clock, and of processors. */
  readonly recording: { readonly wall: Summary; readonly cpu: Summary };
  readonly foreignCores?: number;
  readonly noisy: boolean;
  readonly attempts: number;
  readonly subjects: readonly StoreSubject[];
}

/** A way to read the run while it is being written, opened anew each time. */
export interface StoreSubject {
  readonly name: string;
  /** Events, readings or samples that it gives. */
  readonly items: number;
  /** Milliseconds. */
  readonly wall: Summary;
  readonly cpu: Summary;
  readonly samples: readonly number[];
}
