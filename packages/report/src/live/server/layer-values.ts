import type { Reading, TapSeries } from '@reluctant/core';

/** What the page shows of whole layers: measures by probe. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'activation-probability': ['mean'],
  'dead-units': ['neverFired', 'units'],
};

const NO_UNITS: Reading['units'] = {};

/** Readings of one probe in one series at one step, as columns by the index of the site. */
interface Measurement extends Pick<Reading, 'step' | 'epoch' | 'images'> {
  /** Sequence number of its first reading. */
  readonly firstSeq: number;
  sites: number;
  /** By measure. */
  readonly values: readonly (number | undefined)[][];
}

interface Series {
  readonly probe: string;
  readonly on: TapSeries;
  readonly measurements: Measurement[];
}

/**
 * The values of layers that are asked for again and again, in some bytes each: a run of 100 layers and 200 epochs has tens of
 * thousands of readings. Values of single units are read from the record when asked for.
 */
export class LayerValues {
  private readonly series = new Map<string, Series>();
  private readonly sites = new Map<string, number>();

  add(seq: number, reading: Omit<Reading, 'units'>): void {
    const { probe, on, site, step, epoch, images, layer } = reading;
    const kept = KEPT[probe];
    if (!kept) return;
    const { measurements } = this.seriesOf(probe, on);
    let measurement = measurements.at(-1);
    if (measurement?.step !== step) {
      measurement = { step, epoch, images, firstSeq: seq, sites: 0, values: kept.map(() => []) };
      measurements.push(measurement);
    }
    const index = this.indexOf(site);
    if (measurement.values[0]![index] === undefined) measurement.sites++;
    kept.forEach((measure, column) => (measurement.values[column]![index] = layer[measure] ?? NaN));
  }

  /** Without values of units, and of layers only those that are kept. Ordered by step within a probe and series. */
  readings(): Reading[] {
    const names = [...this.sites.keys()];
    return [...this.series.values()].flatMap(({ probe, on, measurements }) =>
      measurements.flatMap(({ step, epoch, images, values }) =>
        names.flatMap((site, index): Reading[] => {
          if (values[0]![index] === undefined) return [];
          const layer = Object.fromEntries(KEPT[probe]!.map((measure, column) => [measure, values[column]![index]!]));
          return [{ probe, site, on, step, epoch, images, units: NO_UNITS, layer }];
        }),
      ),
    );
  }

  /** The series that is shown of a probe: as `headlineSeries` says. */
  headline(probe: string): TapSeries | undefined {
    return (['probe-split', 'training-step'] as const).find((on) => this.series.has(keyOf(probe, on)));
  }

  /** The latest measurement that covers as many sites as any, as `lastComplete` says: values of each kept measure by site. */
  lastComplete(
    probe: string,
  ): { readonly firstSeq: number; readonly of: (measure: string, site: string) => number } | undefined {
    const on = this.headline(probe);
    const measurements = (on && this.series.get(keyOf(probe, on))?.measurements) ?? [];
    const most = Math.max(0, ...measurements.map(({ sites }) => sites));
    const last = measurements.findLast(({ sites }) => sites === most);
    return (
      last && {
        firstSeq: last.firstSeq,
        of: (measure, site) => last.values[KEPT[probe]!.indexOf(measure)]?.[this.sites.get(site) ?? -1] ?? NaN,
      }
    );
  }

  private seriesOf(probe: string, on: TapSeries): Series {
    const key = keyOf(probe, on);
    const series = this.series.get(key) ?? { probe, on, measurements: [] };
    this.series.set(key, series);
    return series;
  }

  private indexOf(site: string): number {
    const index = this.sites.get(site) ?? this.sites.size;
    this.sites.set(site, index);
    return index;
  }
}

function keyOf(probe: string, on: TapSeries): string {
  return `${probe} ${on}`;
}
