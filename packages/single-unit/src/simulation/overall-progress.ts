import type { SimulationContext } from '@reluctant/core';

const PROGRESS_MILLISECONDS = 250;

/**
 * Publishes the progress of work of several parts, each of which counts by its cost, in any unit: now and then, since a run of many
 * minutes shouldn't fill its log with progress, and whenever another label begins. What is done never falls.
 */
export class OverallProgress {
  private before = 0;
  private cost = 0;
  private share = 0;
  private label = '';
  private detail: string | undefined;
  private published = -Infinity;

  /** @param total the costs of all parts together */
  constructor(
    private readonly publish: SimulationContext['publish'],
    private readonly total: number,
  ) {}

  /** The part before, if there was one, is done, and the next one begins. */
  begin(label: string, cost: number, detail?: string): void {
    this.before += this.cost;
    this.cost = cost;
    this.share = 0;
    const isNew = label !== this.label || detail !== this.detail;
    this.label = label;
    this.detail = detail;
    if (isNew) this.publishNow(this.before);
  }

  /** @param share what is done of the present part, in [0, 1] */
  tell(share: number): void {
    this.share = Math.max(this.share, Math.min(1, share));
    if (performance.now() - this.published >= PROGRESS_MILLISECONDS) {
      this.publishNow(this.before + this.share * this.cost);
    }
  }

  /** Everything is done. */
  finish(): void {
    this.publishNow(this.total);
  }

  private publishNow(done: number): void {
    this.published = performance.now();
    const { label, detail, total } = this;
    this.publish({
      type: 'progress',
      label,
      done: Math.min(done, total),
      total,
      ...(detail !== undefined && { detail }),
    });
  }
}
