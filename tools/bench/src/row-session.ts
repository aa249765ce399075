import type { Instant } from './clock.js';
import type { ProgramProcess } from './program-process.js';
import { stepsSchema } from './row-answers.js';

/** One network in training in a process of its own, whoever trains it. */
export class RowSession {
  protected constructor(protected readonly process: ProgramProcess) {}

  /** As of `ProgramProcess`. */
  get cpu(): number {
    return this.process.cpu;
  }

  get peakMemoryMiB(): number {
    return this.process.peakMemoryMiB;
  }

  /**
   * @returns what each of the steps took, measured inside the process
   * @throws ReluctantError `INTERNAL` with what it said, such as that the loss is no number any more
   */
  async steps(count: number): Promise<readonly Instant[]> {
    return (await this.process.ask({ do: 'step', steps: count }, stepsSchema)).steps;
  }

  async close(): Promise<void> {
    await this.process.close();
  }
}
