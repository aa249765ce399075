import { leastSquaresSlope } from './least-squares-slope.js';
import type { MemoryReport, MemorySample } from './soak-report.js';

/** Samples of the resident set size. */
export class ResidentMemory {
  private readonly samples: MemorySample[] = [];

  constructor(private readonly read = () => process.memoryUsage.rss()) {}

  sample(step: number): void {
    this.samples.push({ step, mebibytes: this.read() / 2 ** 20 });
  }

  /** Of at least one sample. */
  report(): MemoryReport {
    const sizes = this.samples.map(({ mebibytes }) => mebibytes);
    return {
      samples: this.samples,
      first: sizes[0],
      last: sizes[sizes.length - 1],
      maximum: Math.max(...sizes),
      growth: leastSquaresSlope(this.samples.map(({ step, mebibytes }) => ({ x: step / 1000, y: mebibytes }))),
    };
  }
}
