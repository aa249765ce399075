import type { NamedArray, NamedArrays } from '../engine/named-arrays.js';
import { ReluctantError } from '../errors.js';
import type { ReluSite } from '../graph/network.js';
import type { Statistic } from '../probe/statistic.js';
import type { Tap, TapSample, TapValue } from '../probe/tap.js';
import { accumulateStatistic } from './merge-statistics.js';

/**
 * Sums the statistics of one tap over batches, in float64. Its state can be taken out and put back bit for bit, so a
 * half-filled window survives a checkpoint.
 */
export class TapWindow {
  private images = 0;
  private readonly totals = new Map<Statistic, Float64Array>();

  /** @throws ReluctantError `INTERNAL` where the tap is not of this site */
  constructor(
    readonly tap: Tap,
    readonly site: ReluSite,
  ) {
    if (tap.site !== site.name) {
      throw new ReluctantError('INTERNAL', `A tap of the site "${tap.site}" was given the site "${site.name}".`);
    }
    for (const statistic of tap.statistics) {
      const length = statistic === 'positionFired' ? site.positions * site.units : site.units;
      this.totals.set(statistic, new Float64Array(length));
    }
    this.reset();
  }

  get isEmpty(): boolean {
    return this.images === 0;
  }

  /**
   * Adds what an engine measured on one batch of `images` images. Statistics that the tap doesn't ask for are left out.
   * @throws ReluctantError `INTERNAL` where the value is of another tap or lacks a statistic; the window is unchanged then
   */
  add(value: TapValue, images: number): void {
    if (value.site !== this.tap.site || value.at !== this.tap.at) {
      throw this.fault(`was given the ${value.at} of "${value.site}"`);
    }
    if (!Number.isInteger(images) || images < 1) throw this.fault(`was given a batch of ${images} images`);
    for (const [statistic, totals] of this.totals) {
      const values = value.values[statistic];
      if (!values) throw this.fault(`got no "${statistic}" from the engine`);
      if (values.length !== totals.length) {
        throw this.fault(`got ${values.length} values of "${statistic}" instead of ${totals.length}`);
      }
    }
    for (const [statistic, totals] of this.totals) accumulateStatistic(statistic, totals, value.values[statistic]!);
    this.images += images;
  }

  /** A copy of the window's contents, as of this position. The `max` of an empty window is −∞. */
  toSample(position: { readonly step: number; readonly epoch: number }): TapSample {
    return {
      site: this.tap.site,
      at: this.tap.at,
      on: this.tap.on,
      step: position.step,
      epoch: position.epoch,
      images: this.images,
      elements: this.images * this.site.positions,
      values: Object.fromEntries([...this.totals].map(([statistic, totals]) => [statistic, totals.slice()])),
    };
  }

  /** Empties the window. */
  reset(): void {
    this.images = 0;
    for (const [statistic, totals] of this.totals) totals.fill(statistic === 'max' ? -Infinity : 0);
  }

  /** Copies of the state under names that no other tap's window uses: `window/<on>/<at>/<site>/<statistic>`. */
  toArrays(): NamedArrays {
    const arrays: Record<string, NamedArray> = {
      [this.arrayName('images')]: { shape: [1], data: Float64Array.of(this.images) },
    };
    for (const [statistic, totals] of this.totals) {
      arrays[this.arrayName(statistic)] = { shape: this.shapeOf(statistic), data: totals.slice() };
    }
    return arrays;
  }

  /**
   * Puts back what `toArrays` gave; `arrays` may hold other things as well.
   * @throws ReluctantError `RUN_CORRUPT` naming the first array that is missing or of the wrong size; the window is
   *   unchanged then
   */
  fromArrays(arrays: NamedArrays): void {
    const images = this.find(arrays, 'images', 1)[0];
    const found = [...this.totals].map(
      ([statistic, totals]) => [totals, this.find(arrays, statistic, totals.length)] as const,
    );
    for (const [totals, saved] of found) totals.set(saved);
    this.images = images;
  }

  private find(arrays: NamedArrays, name: string, length: number): ArrayLike<number> {
    const array = arrays[this.arrayName(name)];
    if (!array || array.data.length !== length) {
      const problem = array ? `has ${array.data.length} values instead of ${length}` : 'is missing';
      throw new ReluctantError('RUN_CORRUPT', `The checkpoint's array "${this.arrayName(name)}" ${problem}.`);
    }
    return array.data;
  }

  private shapeOf(statistic: Statistic): readonly number[] {
    return statistic === 'positionFired' ? [this.site.positions, this.site.units] : [this.site.units];
  }

  private arrayName(name: string): string {
    return `window/${this.tap.on}/${this.tap.at}/${this.tap.site}/${name}`;
  }

  private fault(problem: string): ReluctantError {
    return new ReluctantError('INTERNAL', `The window for the ${this.tap.at} of "${this.tap.site}" ${problem}.`);
  }
}
