import type { StepPoint } from '../../queries/run-record.js';

/**
 * The steps of a run as columns: a long run has hundreds of thousands, and an object each would be most of what a server holds.
 */
export class StepColumns {
  private step = new Float64Array(1024);
  private epoch = new Float64Array(1024);
  private loss = new Float64Array(1024);
  private count = 0;

  add({ step, epoch, loss }: StepPoint): void {
    if (this.count === this.step.length) {
      this.step = doubled(this.step);
      this.epoch = doubled(this.epoch);
      this.loss = doubled(this.loss);
    }
    this.step[this.count] = step;
    this.epoch[this.count] = epoch;
    this.loss[this.count] = loss;
    this.count++;
  }

  get last(): StepPoint | undefined {
    return this.count > 0 ? this.at(this.count - 1) : undefined;
  }

  /** In order. */
  all(): StepPoint[] {
    return Array.from({ length: this.count }, (_, index) => this.at(index));
  }

  private at(index: number): StepPoint {
    return { step: this.step[index]!, epoch: this.epoch[index]!, loss: this.loss[index]! };
  }
}

function doubled(column: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * column.length);
  larger.set(column);
  return larger;
}
