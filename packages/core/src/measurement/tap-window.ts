import type { NamedArray, NamedArrays } from '../engine/named-arrays.js';
import { ReluctantError } from '../errors.js';
import type { ReluSite } from '../graph/network.js';
import { ACTIVATION_LEVELS, type Statistic } from '../probe/statistic.js';
import type { Tap, TapSample, TapValue } from '../probe/tap.js';
import { mergeStatistic } from './merge-statistics.js';

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
    for (const statistic of this.totals.keys()) {
      const values = value.values[statistic];
      if (!values) throw this.fault(`got no "${statistic}" from the engine`);
      const length = sizeOf(this.shapeOf(statistic, images));
      if (values.length !== length) {
        throw this.fault(`got ${values.length} values of "${statistic}" instead of ${length}`);
      }
    }
    for (const [statistic, totals] of this.totals) {
      this.totals.set(statistic, mergeStatistic(statistic, totals, value.values[statistic]!));
    }
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
    for (const statistic of this.tap.statistics) {
      const totals = new Float64Array(sizeOf(this.shapeOf(statistic, 0)));
      this.totals.set(statistic, statistic === 'max' ? totals.fill(-Infinity) : totals);
    }
  }

  /** Copies of the state under names that no other tap's window uses: `window/<on>/<at>/<site>/<statistic>`. */
  toArrays(): NamedArrays {
    const arrays: Record<string, NamedArray> = {
      [this.arrayName('images')]: { shape: [1], data: Float64Array.of(this.images) },
    };
    for (const [statistic, totals] of this.totals) {
      arrays[this.arrayName(statistic)] = { shape: this.shapeOf(statistic, this.images), data: totals.slice() };
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
    const found = this.tap.statistics.map(
      (statistic) => [statistic, this.find(arrays, statistic, sizeOf(this.shapeOf(statistic, images)))] as const,
    );
    for (const [statistic, saved] of found) this.totals.set(statistic, Float64Array.from(saved));
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

  private shapeOf(statistic: Statistic, images: number): readonly number[] {
    const { positions, units } = this.site;
    if (statistic === 'firedPerImage') return [images];
    if (statistic === 'exceedances') return [ACTIVATION_LEVELS.length, units];
    return statistic === 'positionFired' ? [positions, units] : [units];
  }

  private arrayName(name: string): string {
    return `window/${this.tap.on}/${this.tap.at}/${this.tap.site}/${name}`;
  }

  private fault(problem: string): ReluctantError {
    return new ReluctantError('INTERNAL', `The window for the ${this.tap.at} of "${this.tap.site}" ${problem}.`);
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
