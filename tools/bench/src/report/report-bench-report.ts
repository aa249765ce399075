import type { Instant } from '../clock.js';
import type { Machine } from '../machine.js';
import type { ReportSettings } from './report-settings.js';

export interface ReportBenchReport {
  readonly benchmark: 'report';
  readonly time: string;
  readonly machine: Machine;
  readonly settings: ReportSettings;
  /** Of the record on the disk. */
  readonly recordMebibytes: number;
  /** Milliseconds of reading the record and putting the report together, and of what is written then. */
  readonly composing: Instant;
  readonly formats: readonly {
    readonly name: string;
    readonly duration: Instant;
    readonly files: number;
    readonly mebibytes: number;
  }[];
  /** Largest resident memory of the process in MiB: before the report was made, and in all. */
  readonly memoryBefore: number;
  readonly memory: number;
}
