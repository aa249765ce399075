import { Random } from '@reluctant/core';
import { elapsed, processClock, type Clock, type Instant } from './clock.js';

/** What is timed. */
export interface Subject {
  /** Unique among the subjects that are compared. */
  readonly name: string;
  /**
   * One measurement. Rounds count from 0; those of the warm-up come first. A subject that knows better than the caller how long
   * it took, such as one in another process, returns that.
   */
  run(round: number): Promise<Instant | void>;
}

export interface InterleaveOptions {
  /** Rounds that are timed. */
  readonly rounds: number;
  /** Rounds before those, not timed: compilation, caches, memory. */
  readonly warmup: number;
  readonly clock?: Clock;
  /** Called after every round, outside of what is timed. */
  readonly onRound?: (done: number) => void;
}

/**
 * Times all subjects once a round, in an order that is drawn anew for every round: a machine that grows slower with time, and
 * a subject that leaves caches cold for the next, then touch all of them alike.
 * @returns durations in the order of the rounds, in milliseconds, by the subject's name
 */
export async function interleave(
  subjects: readonly Subject[],
  { rounds, warmup, clock = processClock, onRound }: InterleaveOptions,
): Promise<ReadonlyMap<string, readonly Instant[]>> {
  const durations = new Map(subjects.map(({ name }) => [name, [] as Instant[]]));
  for (let round = 0; round < warmup + rounds; round++) {
    for (const subject of new Random('interleave', round).shuffle([...subjects])) {
      const start = clock();
      const measured = await subject.run(round);
      const end = clock();
      if (round >= warmup) durations.get(subject.name)!.push(measured ?? elapsed(start, end));
    }
    onRound?.(round + 1);
  }
  return durations;
}
