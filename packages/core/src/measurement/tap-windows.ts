import type { NamedArrays } from '../engine/named-arrays.js';
import type { ReluSite } from '../graph/network.js';
import { TapWindow } from './tap-window.js';
import type { Tap, TapSample, TapSeries, TapValue } from '../probe/tap.js';

/** The windows of all taps of one series. */
export class TapWindows {
  private readonly windows: ReadonlyMap<string, TapWindow>;

  constructor(taps: readonly Tap[], series: TapSeries, sites: readonly ReluSite[]) {
    const siteOf = new Map(sites.map((site) => [site.name, site]));
    const own = taps.filter((tap) => tap.on === series);
    this.windows = new Map(own.map((tap) => [keyOf(tap), new TapWindow(tap, siteOf.get(tap.site)!)]));
  }

  add(values: readonly TapValue[], images: number): void {
    for (const value of values) this.windows.get(keyOf(value))?.add(value, images);
  }

  /** The samples of all windows that have seen an image, which are emptied. */
  drain(position: { readonly step: number; readonly epoch: number }): readonly TapSample[] {
    const filled = [...this.windows.values()].filter((window) => !window.isEmpty);
    const samples = filled.map((window) => window.toSample(position));
    for (const window of filled) window.reset();
    return samples;
  }

  toArrays(): NamedArrays {
    return Object.assign({}, ...[...this.windows.values()].map((window) => window.toArrays())) as NamedArrays;
  }

  /** @throws `RUN_CORRUPT` naming an array that is missing */
  fromArrays(arrays: NamedArrays): void {
    for (const window of this.windows.values()) window.fromArrays(arrays);
  }
}

function keyOf({ site, at }: { readonly site: string; readonly at: string }): string {
  return JSON.stringify([site, at]);
}
