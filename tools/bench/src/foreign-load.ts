import { cpus } from 'node:os';
import { processClock } from './clock.js';

/** Milliseconds, each since a moment of its own. */
export interface LoadInstant {
  readonly wall: number;
  /** Processor time of this process and of those that work for it. */
  readonly own: number;
  /** Time in which any core of the machine was busy, summed over the cores. */
  readonly busy: number;
}

/** @param helpers processor time of processes that work for this one, in milliseconds */
export function readLoad(helpers = 0): LoadInstant {
  const { wall, cpu } = processClock();
  const busy = cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
  return { wall, own: cpu + helpers, busy };
}

/**
 * How many cores other processes kept busy in between, on average. The load average would not tell: it lags by a minute, and
 * holds our own threads.
 * @returns `undefined` where the system does not count busy time
 */
export function foreignCores(start: LoadInstant, end: LoadInstant): number | undefined {
  const busy = end.busy - start.busy;
  const wall = end.wall - start.wall;
  if (busy <= 0 || wall <= 0) return undefined;
  return Math.max(0, (busy - (end.own - start.own)) / wall);
}
