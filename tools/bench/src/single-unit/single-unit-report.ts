import type { Machine } from '../machine.js';
import type { Summary } from '../stats.js';
import type { NumpyVersions } from './numpy-program.js';
import type { SingleUnitSettings } from './single-unit-settings.js';

export interface SingleUnitReport {
  readonly benchmark: 'single-unit';
  readonly time: string;
  readonly machine: Machine;
  readonly settings: SingleUnitSettings;
  readonly numpy: NumpyVersions;
  /** Vectors of two float64 numbers that one core multiplies and adds a second, in WebAssembly. */
  readonly multiplyAddLimit: number;
  readonly foreignCores?: number;
  readonly noisy: boolean;
  readonly attempts: number;
  readonly subjects: readonly SubjectReport[];
}

export interface SubjectReport {
  readonly name: string;
  readonly inputs: number;
  readonly threads: number;
  /** Milliseconds of a whole run: by the clock, and of processors, all threads together. */
  readonly wall: Summary;
  readonly cpu: Summary;
  readonly samples: readonly number[];
  /** Updates of a unit a second, by the median. */
  readonly updatesPerSecond: number;
  /** NumPy's time over this one's, formed in every round: above 1 this one is faster. Per core: processor times. */
  readonly speedup: Summary;
  readonly speedupPerCore: Summary;
  /** Share of the multiply-add limit of the cores that it used; for NumPy not counted. */
  readonly limitShare?: number;
  /** Mean over units of Pr[y>0] and of the error without noise at the end, with standard errors, in the last round. */
  readonly activation: readonly [mean: number, standardError: number];
  readonly excessError: readonly [mean: number, standardError: number];
  /** Differences from NumPy's in standard errors of the difference; for another number of inputs there are none. */
  readonly deviations?: { readonly activation: number; readonly excessError: number };
}
