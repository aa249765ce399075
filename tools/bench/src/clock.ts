/** Milliseconds. */
export interface Instant {
  /** Since some moment. */
  readonly wall: number;
  /** Processor time of this process, all threads together, which waiting for another program does not lengthen. */
  readonly cpu: number;
}

export type Clock = () => Instant;

export const processClock: Clock = () => {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), cpu: (user + system) / 1000 };
};

export function elapsed(start: Instant, end: Instant): Instant {
  return { wall: end.wall - start.wall, cpu: end.cpu - start.cpu };
}
