import type { Machine } from '../machine.js';
import type { Summary } from '../stats.js';
import type { LiveSettings } from './live-settings.js';

export interface LiveReport {
  readonly benchmark: 'live';
  readonly time: string;
  readonly machine: Machine;
  readonly settings: LiveSettings;
  /** Milliseconds from the start of the process until it says where it listens. */
  readonly start: number;
  /** Milliseconds from there until the list tells of all runs. */
  readonly listed: number;
  readonly answers: readonly {
    readonly name: string;
    /** Milliseconds: of the first time that a run is asked, and again, when nothing has changed. */
    readonly first: Summary;
    readonly again: Summary;
    readonly kibibytes: number;
  }[];
  /** Of the server's process; undefined where the system does not tell. */
  readonly mebibytes?: {
    readonly listed: number;
    readonly answered: number;
    readonly watched: number;
    readonly most: number;
  };
  /** While a run is written and a client is told of it. */
  readonly watched: {
    readonly events: number;
    /** Share of one core, of the server's process; undefined where the system does not tell. */
    readonly cores?: number;
    /** Milliseconds from recording a step to being told of it, or of a later one. */
    readonly delay: Summary;
  };
}
