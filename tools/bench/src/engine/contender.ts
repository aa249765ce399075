import type { Subject } from '../interleave.js';
import type { PytorchSession } from '../pytorch/pytorch-session.js';
import { averageBlock, type TimedSteps } from '../step/session-steps.js';
import type { MemoryLayout } from './engine-settings.js';

/** One of those that are compared. */
export interface Contender {
  readonly side: 'ours' | 'pytorch';
  /** How closely it is watched. */
  readonly watching: string;
  /** PyTorch only. */
  readonly layout?: MemoryLayout;
  /** Milliseconds from opening to the end of the first step: compilation, memory. */
  readonly start: number;
  readonly steps: TimedSteps;
  /** Milliseconds of processor time of its process so far, where that is not this one. */
  cpu?(): number;
  /** Largest resident memory of its process, where that is not this one. */
  peakMemoryMiB?(): number;
  close(): Promise<void>;
}

export function pytorchSteps(session: PytorchSession): TimedSteps {
  return (count) => session.steps(count);
}

export function contenderName({ side, watching, layout }: Pick<Contender, 'side' | 'watching' | 'layout'>): string {
  return [side, layout, watching].filter(Boolean).join(', ');
}

/**
 * Blocks of steps, with a rest before each: threads of whoever ran before may still be waiting busily (OpenMP's do for some
 * milliseconds), and would be in the way.
 */
export function blocks(contender: Contender, steps: number, pause: number): Subject {
  return {
    name: contenderName(contender),
    async run() {
      await new Promise((resolve) => setTimeout(resolve, pause));
      return averageBlock(await contender.steps(steps));
    },
  };
}
