import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { EventLoopReport } from './soak-report.js';

/** Milliseconds. A finer timer would wake the main thread so often that it took time from what is measured. */
const RESOLUTION = 10;

/** Begins to measure how late the main thread gets to its timers. Call what is returned once, to end it. */
export function watchEventLoop(): () => EventLoopReport | undefined {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
  histogram.enable();
  return () => {
    histogram.disable();
    if (histogram.count === 0) return undefined;
    const percentile = (percent: number) => histogram.percentile(percent) / 1e6;
    return { resolution: RESOLUTION, median: percentile(50), p99: percentile(99), maximum: histogram.max / 1e6 };
  };
}
